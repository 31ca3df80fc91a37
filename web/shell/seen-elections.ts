import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { Answer } from "#web/api.ts";
import { api } from "#web/shell/answers.tsx";

/** Elections as the pages of this visit last saw them. Asking again would cost every voter a request. */

/** For whoever goes from the ballot to its results. */
const seen = new Map<string, Answer<PublicElection>>();

export async function askElection(language: Language, electionId: string): Promise<Answer<PublicElection>> {
  const answer = await api.election(language, electionId);
  if (answer.kind === "ok") seen.set(electionId, answer);
  return answer;
}

export const seenElection = (electionId: string): Answer<PublicElection> | undefined => seen.get(electionId);

/** What the home page listed, to name the next vote. */
let listed: readonly PublicElection[] = [];

export function noteListed(elections: readonly PublicElection[]): void {
  listed = elections;
}

export const listedElections = (): readonly PublicElection[] => listed;
