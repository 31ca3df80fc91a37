import type { HttpEvent } from "#functions/runtime/http.ts";
import { readRequestId, receiptKey } from "#functions/runtime/receipt.ts";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import type { Secrets } from "#storage/secrets.ts";
import type { BallotBox } from "#storage/votes-table.ts";

export type AdmissionDependencies = Readonly<{
  box: Pick<BallotBox, "standingBallot">;
  secrets: Pick<Secrets, "text">;
  receiptSecretName: string;
}>;

/**
 * The election in which the requester has voted, as proved by an accepted ballot's request id. Undefined without one, and for
 * an attempt that is queued, duplicate or invalid.
 */
export async function electionVotedIn(
  event: HttpEvent,
  { box, secrets, receiptSecretName }: AdmissionDependencies,
): Promise<string | undefined> {
  const requestId = event.headers[REQUEST_ID_HEADER];
  if (requestId === undefined) return undefined;
  const receipt = readRequestId(receiptKey(await secrets.text(receiptSecretName)), requestId);
  if (receipt === undefined) return undefined;
  const standing = await box.standingBallot(receipt.hash);
  return standing?.trackingCode === receipt.trackingCode ? receipt.electionId : undefined;
}
