import { createHash } from "node:crypto";
import type { Interpreter } from "#admin/certification/interpreter.ts";
import { merkleTree, readBoxLine } from "#core/ballot-box.ts";
import { fromBase64Url } from "#core/bytes.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes } from "#core/envelope.ts";
import type { Tally } from "#core/results.ts";
import { trackingCodeOf } from "#core/tracking-code.ts";

/** Counting a ballot box line by line, as certify writes it and verify reads it. */

/** What can be wrong with a line of the box. */
export const LINE_FAULTS = [
  "malformed",
  "out-of-order",
  "wrong-tracking-code",
  "unknown-region",
  "wrong-length",
] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

export type BoxCount = Readonly<{
  ballots: number;
  /** Ballots whose envelope lay in the box already. */
  copies: number;
  /** In hexadecimal. */
  merkleRoot: string;
  /** By region; undefined when no key was given. */
  tallies: ReadonlyMap<string, Tally> | undefined;
  /** Numbers of the faulty lines, from 1, by fault; the first few only. */
  faults: ReadonlyMap<LineFault, readonly number[]>;
  /** Regions in which the sought ballot lies in the box. */
  found: readonly string[];
}>;

const FAULTS_KEPT = 5;

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

/**
 * Counts a box.
 * @param interpret opens the envelopes; without it nothing is counted by option
 * @param sought a tracking code to look for
 */
export async function countBox(
  lines: AsyncIterable<string>,
  definition: ElectionDefinition,
  interpret: Interpreter | undefined,
  sought?: string,
): Promise<BoxCount> {
  const tree = merkleTree(sha256);
  const tallies = new Map<string, Map<string, number>>();
  const faults = new Map<LineFault, number[]>();
  const regionIds = new Set(contestRegionIds(definition));
  const length = envelopeBytes(definition);
  const found: string[] = [];
  let ballots = 0;
  let copies = 0;
  let previous = "";
  let previousCode = "";

  const fault = (kind: LineFault): void => {
    const kept = faults.get(kind) ?? [];
    faults.set(kind, kept);
    if (kept.length < FAULTS_KEPT) kept.push(ballots);
  };

  for await (const text of lines) {
    ballots++;
    tree.add(Buffer.from(text, "utf8"));
    if (text < previous) fault("out-of-order");
    previous = text;
    const line = readBoxLine(text);
    const envelope = line === undefined ? undefined : fromBase64Url(line.envelope);
    if (line === undefined || envelope === undefined) {
      fault("malformed");
      continue;
    }
    const { trackingCode, regionId } = line;
    if (trackingCode === previousCode) copies++;
    previousCode = trackingCode;
    if (trackingCode === sought) found.push(regionId);
    if (trackingCodeOf(sha256(envelope)) !== trackingCode) fault("wrong-tracking-code");
    if (!regionIds.has(regionId)) fault("unknown-region");
    if (envelope.length !== length) fault("wrong-length");
    if (interpret === undefined) continue;
    const interpretation = await interpret(regionId, envelope);
    const tally = tallies.get(regionId) ?? new Map<string, number>();
    tallies.set(regionId, tally);
    tally.set(interpretation, (tally.get(interpretation) ?? 0) + 1);
  }
  return {
    ballots,
    copies,
    merkleRoot: Buffer.from(tree.root()).toString("hex"),
    tallies: interpret === undefined ? undefined : tallies,
    faults,
    found,
  };
}
