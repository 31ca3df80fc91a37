import { createHash } from "node:crypto";
import { linesOf } from "#admin/certification/bundle-files.ts";
import type { Interpreter } from "#admin/certification/interpreter.ts";
import { repeatedKeys } from "#admin/certification/repeated-keys.ts";
import { type RegionLines, readBoxLine } from "#core/ballot-box.ts";
import { fromBase64Url } from "#core/bytes.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes } from "#core/envelope.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import type { Tally } from "#core/results.ts";
import { countBallot, SPOILED } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";

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

/** What a ballot in the box counts as; `sealed` when no key was given to see, `mixed` where nobody can tell any more. */
export type Fate = "valid" | "spoiled" | "shared-key" | "set-aside" | "sealed" | "mixed";

/** A line of the box with a sought tracking code. */
export type Found = Readonly<{ regionId: string; fate: Fate }>;

export type BoxCount = Readonly<{
  ballots: number;
  /** Tracking codes of the ballots that were set aside. */
  setAside: readonly string[];
  byRegion: ReadonlyMap<string, RegionLines>;
  /** Tracking codes of the ballots whose one-time key another ballot has too; they count as spoiled. */
  shared: readonly string[];
  /** Tracking codes of the other ballots that count as spoiled, those among them; none when no key was given. */
  spoiled: readonly string[];
  /** In hexadecimal. */
  merkleRoot: string;
  /** By region; undefined when no key was given. */
  tallies: ReadonlyMap<string, Tally> | undefined;
  /** Numbers of the faulty lines, from 1, by fault; the first few only. */
  faults: ReadonlyMap<LineFault, readonly number[]>;
  /** Where the sought ballot lies in the box. */
  found: readonly Found[];
}>;

const FAULTS_KEPT = 5;

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

async function sharedKeys(file: string): Promise<ReadonlySet<string>> {
  return repeatedKeys(async (tell) => {
    for await (const text of linesOf(file)) {
      const line = readBoxLine(text);
      if (line !== undefined && !("setAside" in line)) tell(line.oneTimeKey);
    }
  });
}

/**
 * Counts the box in a file.
 * @param interpret opens the envelopes; without it nothing is counted by option
 * @param sought spellings of a tracking code to look for
 */
export async function countBox(
  file: string,
  definition: ElectionDefinition,
  interpret: Interpreter | undefined,
  { sought = [], onLine = () => {} }: Readonly<{ sought?: readonly string[]; onLine?: (lines: number) => void }> = {},
): Promise<BoxCount> {
  const repeated = await sharedKeys(file);
  const tree = merkleTree(sha256);
  const tallies = new Map<string, Map<string, number>>();
  const faults = new Map<LineFault, number[]>();
  const regionIds = new Set(contestRegionIds(definition));
  const length = envelopeBytes(definition);
  const found: Found[] = [];
  let ballots = 0;
  const shared: string[] = [];
  const spoiled: string[] = [];
  const setAside: string[] = [];
  const byRegion = new Map<string, RegionLines>();
  let previous = "";

  const fault = (kind: LineFault): void => {
    const kept = faults.get(kind) ?? [];
    faults.set(kind, kept);
    if (kept.length < FAULTS_KEPT) kept.push(ballots);
  };

  const count = (regionId: string, interpretation: string): void => {
    const tally = tallies.get(regionId) ?? new Map<string, number>();
    tallies.set(regionId, tally);
    countBallot(tally, interpretation);
  };

  for await (const text of linesOf(file)) {
    ballots++;
    onLine(ballots);
    tree.add(Buffer.from(text, "utf8"));
    if (text < previous) fault("out-of-order");
    previous = text;
    const line = readBoxLine(text);
    if (line === undefined) {
      fault("malformed");
      continue;
    }
    const { trackingCode, regionId } = line;
    const tell = (fate: Fate): void => {
      if (sought.includes(trackingCode)) found.push({ regionId, fate });
    };
    if (!regionIds.has(regionId)) fault("unknown-region");
    const before = byRegion.get(regionId) ?? { ballots: 0, setAside: 0 };
    byRegion.set(regionId, {
      ballots: before.ballots + 1,
      setAside: before.setAside + ("setAside" in line ? 1 : 0),
    });
    if ("setAside" in line) {
      setAside.push(trackingCode);
      count(regionId, SPOILED);
      tell("set-aside");
      continue;
    }
    const envelope = fromBase64Url(line.envelope);
    const oneTimeKey = fromBase64Url(line.oneTimeKey);
    if (envelope === undefined || oneTimeKey === undefined) {
      fault("malformed");
      continue;
    }
    const isShared = repeated.has(line.oneTimeKey);
    if (isShared) shared.push(trackingCode);
    if (trackingCodeOf(sha256(trackedBytes({ oneTimeKey, envelope }))) !== trackingCode) fault("wrong-tracking-code");
    if (envelope.length !== length) fault("wrong-length");
    if (interpret === undefined) {
      tell(isShared ? "shared-key" : "sealed");
      continue;
    }
    const interpretation = isShared ? SPOILED : await interpret(regionId, { oneTimeKey, envelope });
    tell(isShared ? "shared-key" : interpretation === SPOILED ? "spoiled" : "valid");
    if (interpretation === SPOILED) spoiled.push(trackingCode);
    count(regionId, interpretation);
  }
  return {
    ballots,
    setAside,
    byRegion,
    shared,
    spoiled,
    merkleRoot: Buffer.from(tree.root()).toString("hex"),
    tallies: interpret === undefined ? undefined : tallies,
    faults,
    found,
  };
}
