import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { type Step, takeReceiptLink } from "#web/navigation.ts";
import { api } from "#web/shell/answers.tsx";
import { followReceipt, resumeReceipt } from "#web/vote/cast-ballot.ts";
import { isUnsent } from "#web/vote/casting.ts";
import { endSession, sessionOf } from "#web/vote/session.ts";

/** From a link, or from before a reload. */
export function resume(language: Language, election: PublicElection, regionId: string, step: Step): void {
  const electionId = election.election_id;
  const link = takeReceiptLink();
  const { casting } = sessionOf(electionId);
  if (isUnsent(casting)) return;
  if (link?.requestId !== undefined) {
    endSession(electionId);
    followReceipt(api, language, election, { ...link, regionId, requestId: link.requestId });
  } else if (step === "stub" && casting === undefined) {
    resumeReceipt(api, language, election);
  }
}
