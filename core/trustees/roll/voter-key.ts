import { ed25519 } from "@noble/curves/ed25519.js";
import { fromBase64Url } from "#core/bytes.ts";

/**
 * Whether a text is a voter key: the canonical encoding of a point of Ed25519 (RFC 8032, section 5.1.3), in canonical base64url, and not one of the
 * eight of small order, under which anybody could sign for any message.
 */
export function isVoterKey(text: string): boolean {
  const bytes = fromBase64Url(text);
  if (bytes === undefined) return false;
  try {
    return !ed25519.Point.fromBytes(bytes).isSmallOrder();
  } catch {
    return false;
  }
}
