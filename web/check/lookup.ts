import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { VoteStatus } from "#functions/vote-status/contract.ts";
import type { Answer, Api } from "#web/api.ts";
import { askWhileBusy } from "#web/busy.ts";

/** Where a ballot is, by the bulletin board and, with a request id, the voting service. */
export type Whereabouts =
  | Readonly<{ kind: "in-the-box"; trackingCode: string; electionId: string }>
  /** Received and neither on the board nor refused yet. */
  | Readonly<{ kind: "on-its-way"; status: "queued" | "accepted" }>
  | Readonly<{ kind: "refused"; outcome: VoteStatus }>
  /** `mayCome`: voting is open, so a ballot with this code may still be in the queue. */
  | Readonly<{ kind: "absent"; mayCome: boolean }>
  | Readonly<{ kind: "unknown"; answer: Answer<unknown> }>;

export type Question = Readonly<{
  /** As the voter typed it. */
  trackingCode: string;
  requestId?: string | undefined;
  /** The elections whose box may hold the ballot. */
  elections: readonly PublicElection[];
}>;

/** Asks the bulletin board, then by request id if the link held one. */
export async function findBallot(
  api: Api,
  language: Language,
  { trackingCode, requestId, elections }: Question,
): Promise<Whereabouts> {
  const posted = await askWhileBusy(() => api.board(language, trackingCode));
  if (posted.kind !== "ok") return { kind: "unknown", answer: posted };
  const { tracking_code, election_id: electionId } = posted.body;
  if (electionId !== null) return { kind: "in-the-box", trackingCode: tracking_code, electionId };
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
