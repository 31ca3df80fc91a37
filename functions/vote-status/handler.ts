import type { Language } from "#core/language.ts";
import { type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";
import { type Receipt, readRequestId, receiptKey } from "#functions/runtime/receipt.ts";
import { STATUS_MESSAGES } from "#functions/runtime/voter-messages.ts";
import type { VoteStatus } from "#functions/vote-status/contract.ts";
import type { RejectedAttempts } from "#storage/rejected-attempts-table.ts";
import type { Secrets } from "#storage/secrets.ts";
import type { BallotBox } from "#storage/votes-table.ts";

export type VoteStatusDependencies = Readonly<{
  box: BallotBox;
  rejectedAttempts: RejectedAttempts;
  secrets: Secrets;
  receiptSecretName: string;
}>;

/**
 * The status of one attempt. It is accepted if the stored ballot has its tracking code, duplicate or invalid if it is among the
 * rejected attempts, and queued otherwise. A rejection is reported only once it is stored, so it never changes.
 */
async function statusOf(
  receipt: Receipt,
  box: BallotBox,
  rejectedAttempts: RejectedAttempts,
  language: Language,
): Promise<VoteStatus> {
  const tracking_code = receipt.trackingCode;
  const standing = await box.standingBallot(receipt.hash);
  if (standing?.trackingCode === tracking_code)
    return { status: "accepted", tracking_code, message: STATUS_MESSAGES.accepted[language] };

  const rows = await rejectedAttempts.rowsOf(receipt.electionId, receipt.hash);
  const row = rows.find(({ trackingCodes }) => trackingCodes.has(tracking_code));
  if (row === undefined) return { status: "queued", tracking_code, message: STATUS_MESSAGES.queued[language] };
  const message = STATUS_MESSAGES[row.outcome][language];
  if (row.outcome !== "duplicate") return { status: "invalid", tracking_code, reason: row.outcome, message };
  return {
    status: "duplicate",
    tracking_code,
    attempt_count: row.trackingCodes.size + 1,
    ...(standing && { first_received_at: standing.castAt }),
    message,
  };
}

/** Answers `GET /api/v1/votes/{request_id}`. */
export function createVoteStatusHandler({
  box,
  rejectedAttempts,
  secrets,
  receiptSecretName,
}: VoteStatusDependencies): HttpHandler {
  return async (event) => {
    const language = languageOf(event);
    const key = receiptKey(await secrets.text(receiptSecretName));
    const receipt = readRequestId(key, event.pathParameters?.request_id ?? "");
    if (receipt === undefined) return problem("unknown-request", language);
    return json(200, await statusOf(receipt, box, rejectedAttempts, language));
  };
}
