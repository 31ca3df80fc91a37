import { sha256 } from "@noble/hashes/sha2.js";
import type { ElectionDefinition } from "#core/election.ts";
import { askedDefinition } from "#core/trustees/asked-definition.ts";

/** What voters are asked, in 32 bytes: SHA-256 of askedDefinition. */
export const ballotDigest = (definition: ElectionDefinition): Uint8Array =>
  sha256(new TextEncoder().encode(askedDefinition(definition)));
