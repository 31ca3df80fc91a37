import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { Answer } from "#web/api.ts";
import { api } from "#web/shell/answers.tsx";

/** Elections as a page of this visit last saw them: whoever goes from the ballot to its results waits for no second answer. */

const seen = new Map<string, Answer<PublicElection>>();

export async function askElection(language: Language, electionId: string): Promise<Answer<PublicElection>> {
  const answer = await api.election(language, electionId);
  if (answer.kind === "ok") seen.set(electionId, answer);
  return answer;
}

export const seenElection = (electionId: string): Answer<PublicElection> | undefined => seen.get(electionId);
