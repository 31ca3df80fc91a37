import { createSecretKey } from "node:crypto";
import type { StatedElection } from "#core/election.ts";
import type { KeyedEnvelope } from "#core/envelope.ts";
import { interpretBallot } from "#core/interpretation.ts";
import { type BallotReader, ballotReader } from "#storage/ballot-reader.ts";
import { openerWith } from "#storage/hpke.ts";
import { importPrivateKey } from "#storage/x25519.ts";

/** Opens envelopes of one election: what each counts as, a selection as it is written, or SPOILED. */
export type Interpreter = (regionId: string, envelope: KeyedEnvelope) => Promise<string>;

/** @param rawKey the election's X25519 private key, 32 bytes */
export function interpreterFor(election: StatedElection, rawKey: Uint8Array): Interpreter {
  const open = openerWith(importPrivateKey(rawKey));
  return (regionId, envelope) => interpretBallot(open, election, regionId, envelope);
}

/** An election's secrets that reading its stored ballots takes, raw, 32 bytes each. */
export type ReadingKeys = Readonly<{ ballotKey: Uint8Array; stampKey: Uint8Array }>;

/** Reads stored ballots as the tally does. */
export function readerFor(election: StatedElection, { ballotKey, stampKey }: ReadingKeys): BallotReader {
  return ballotReader(election, openerWith(importPrivateKey(ballotKey)), createSecretKey(stampKey));
}
