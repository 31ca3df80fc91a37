import type { Language } from "#core/language.ts";
import { codeIn, codesFileOf } from "#core/published-codes.ts";
import { readTrackingCode } from "#core/tracking-code.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { VoteStatus } from "#functions/vote-status/contract.ts";
import type { Answer, Api } from "#web/api.ts";
import { askWhileBusy } from "#web/busy.ts";

/** Where a ballot is, by the bulletin board and, with a request id, the voting service. */
export type Whereabouts =
  | Readonly<{ kind: "in-the-box"; trackingCode: string; electionId: string; certified: CertifiedPlace | undefined }>
  /** Received and neither on the board nor refused yet. */
  | Readonly<{ kind: "on-its-way"; status: "queued" | "accepted" }>
  | Readonly<{ kind: "refused"; outcome: VoteStatus }>
  /** `mayCome`: voting is open, so a ballot with this code may still be in the queue. */
  | Readonly<{ kind: "absent"; mayCome: boolean }>
  | Readonly<{ kind: "unknown"; answer: Answer<unknown> }>;

/** Where a ballot is in a certified box; `unknown` when its list could not be had. */
export type CertifiedPlace = "in-the-box" | "set-aside" | "missing" | "unknown";

export type Question = Readonly<{
  /** As the voter typed it. */
  trackingCode: string;
  requestId?: string | undefined;
  /** The elections whose box may hold the ballot. */
  elections: readonly PublicElection[];
}>;

/** Looks a code up in the list of a published bundle that codes like it are in: nobody learns which of them was meant. */
async function inCertifiedBox(
  { certified }: Pick<PublicElection, "certified">,
  trackingCode: string,
): Promise<CertifiedPlace | undefined> {
  if (certified === undefined) return undefined;
  try {
    const file = codesFileOf(trackingCode, certified.code_beginning);
    const response = await fetch(`${certified.address}${file}`);
    // A list that nobody's code begins like is not there.
    if (response.status === 404 || response.status === 403) return "missing";
    if (!response.ok) return "unknown";
    return codeIn(await response.text(), trackingCode) ?? "missing";
  } catch {
    return "unknown";
  }
}

/** The board may have lost what a certified box still has. */
async function anyCertifiedBox(
  elections: readonly PublicElection[],
  typed: string,
): Promise<Extract<Whereabouts, { kind: "in-the-box" }> | undefined> {
  const read = readTrackingCode(typed);
  if (read.kind !== "read") return undefined;
  for (const election of elections) {
    for (const trackingCode of election.certified === undefined ? [] : read.spellings) {
      const certified = await inCertifiedBox(election, trackingCode);
      if (certified === "in-the-box" || certified === "set-aside") {
        return { kind: "in-the-box", trackingCode, electionId: election.election_id, certified };
      }
    }
  }
  return undefined;
}

/** Asks the bulletin board, then by request id if the link held one. */
export async function findBallot(
  api: Api,
  language: Language,
  { trackingCode, requestId, elections }: Question,
): Promise<Whereabouts> {
  const posted = await askWhileBusy(() => api.board(language, trackingCode));
  if (posted.kind !== "ok") return { kind: "unknown", answer: posted };
  const { tracking_code, election_id: electionId } = posted.body;
  if (electionId !== null) {
    const election = elections.find(({ election_id }) => election_id === electionId);
    const certified = election && (await inCertifiedBox(election, tracking_code));
    return { kind: "in-the-box", trackingCode: tracking_code, electionId, certified };
  }
  const inOther = await anyCertifiedBox(elections, trackingCode);
  if (inOther !== undefined) return inOther;
  if (requestId !== undefined) {
    const answer = await askWhileBusy(() => api.voteStatus(language, requestId));
    if (answer.kind === "ok") {
      const outcome = answer.body;
      return outcome.status === "queued" || outcome.status === "accepted"
        ? { kind: "on-its-way", status: outcome.status }
        : { kind: "refused", outcome };
    }
  }
  return { kind: "absent", mayCome: elections.some(({ status }) => status === "open") };
}
