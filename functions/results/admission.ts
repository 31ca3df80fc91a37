import type { HttpEvent } from "#functions/runtime/http.ts";
import { type ReceiptDependencies, receiptIn } from "#functions/runtime/receipt.ts";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import type { BallotBox } from "#storage/votes-table.ts";

export type AdmissionDependencies = ReceiptDependencies & Readonly<{ box: Pick<BallotBox, "standingBallot"> }>;

/**
 * The election in which the requester has voted, as proved by an accepted ballot's request id. Undefined without one, and for
 * an attempt that is queued, duplicate or invalid.
 */
export async function electionVotedIn(
  event: HttpEvent,
  { box, ...dependencies }: AdmissionDependencies,
): Promise<string | undefined> {
  const requestId = event.headers[REQUEST_ID_HEADER];
  const receipt = requestId === undefined ? undefined : await receiptIn(requestId, dependencies);
  if (receipt === undefined) return undefined;
  const standing = await box.standingBallot(receipt.hash);
  return standing?.trackingCode === receipt.trackingCode ? receipt.electionId : undefined;
}
