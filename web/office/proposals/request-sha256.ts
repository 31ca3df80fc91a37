import { canonicalJson } from "#core/canonical-json.ts";
import type { ShownProposal } from "#functions/office/proposals/contract.ts";

/** SHA-256, in hexadecimal, of the request as it is shown: the service compares it with what it would do. */
export async function requestSha256({
  route,
  parameters,
  body,
}: Pick<ShownProposal, "route" | "parameters" | "body">): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson({ route, parameters, body }));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
