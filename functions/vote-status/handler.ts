import type { Language } from "#core/language.ts";
import { type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";
import { type Receipt, type ReceiptDependencies, receiptIn } from "#functions/runtime/receipt.ts";
import { STATUS_MESSAGES, tellCancellation, tellInstant } from "#functions/runtime/voter-messages.ts";
import type { VoteStatus } from "#functions/vote-status/contract.ts";
import type { RejectedAttempts } from "#storage/rejected-attempts-table.ts";
import type { BallotBox } from "#storage/votes-table.ts";

export type VoteStatusDependencies = ReceiptDependencies &
  Readonly<{ box: Pick<BallotBox, "standingBallot">; rejectedAttempts: Pick<RejectedAttempts, "rowsOf"> }>;

/**
 * The status of one attempt. It is accepted if the stored ballot has its tracking code, duplicate or invalid if it is among the
 * rejected attempts, and queued otherwise. A rejection is reported only once it is stored, so it never changes. When the
 * ballot that stands was received is told with its own receipt only: a stolen card must not tell when its owner voted.
 */
async function statusOf(
  receipt: Receipt,
  { box, rejectedAttempts, elections }: VoteStatusDependencies,
  language: Language,
): Promise<VoteStatus> {
  const tracking_code = receipt.trackingCode;
  const definition = (await elections.find(receipt.electionId))?.definition;
  /** What is told of a ballot that was received. */
  const told = (status: "accepted" | "queued"): Pick<VoteStatus, "cancelled_at" | "message"> => {
    if (definition?.cancelled === undefined) return { message: STATUS_MESSAGES[status][language] };
    const { cancelled, reason } = tellCancellation(definition, definition.cancelled, language);
    const message = STATUS_MESSAGES.cancelled[language]
      .replace("{cancelled}", cancelled)
      .replace("{reason}", () => reason);
    return { cancelled_at: definition.cancelled.at, message };
  };
  const standing = await box.standingBallot(receipt.hash);
  if (standing?.trackingCode === tracking_code)
    return {
      status: "accepted",
      tracking_code,
      received_at: standing.castAt,
      ...told("accepted"),
    };

  const rows = await rejectedAttempts.rowsOf(receipt.electionId, receipt.hash);
  const row = rows.find(({ trackingCodes }) => trackingCodes.has(tracking_code));
  if (row === undefined) return { status: "queued", tracking_code, ...told("queued") };
  const { outcome, since } = row;
  if (outcome !== "duplicate" && since !== undefined) {
    const date = definition === undefined ? since : tellInstant(definition, since, language);
    const message = STATUS_MESSAGES[outcome][language].replace("{date}", date);
    return { status: "invalid", tracking_code, reason: outcome, since, message };
  }
  const message = STATUS_MESSAGES[outcome][language];
  if (outcome !== "duplicate") return { status: "invalid", tracking_code, reason: outcome, message };
  return {
    status: "duplicate",
    tracking_code,
    attempt_count: row.trackingCodes.size + 1,
    message,
  };
}

/** Answers `GET /api/v1/votes/{request_id}`. */
export function createVoteStatusHandler(dependencies: VoteStatusDependencies): HttpHandler {
  return async (event) => {
    const language = languageOf(event);
    const receipt = await receiptIn(event.pathParameters?.request_id ?? "", dependencies);
    if (receipt === undefined) return problem("unknown-request", language);
    return json(200, await statusOf(receipt, dependencies, language));
  };
}
