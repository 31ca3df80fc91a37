import { createHash, type KeyObject } from "node:crypto";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { Judged, JudgeTask, JudgeWork } from "#admin/trustees/bundle/judge-thread.ts";
import { CODE_ALPHABET, KEY_ALPHABET, withSorted } from "#admin/trustees/bundle/lines-by-key.ts";
import { byCode, type WrittenLines, writeByRegion } from "#admin/trustees/bundle/lines-by-region.ts";
import { addRollLines, type RollLeaves, rollLeaves } from "#admin/trustees/bundle/roll-file.ts";
import { onThreads } from "#admin/trustees/bundle/threads.ts";
import { toBase64Url } from "#core/bytes.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { rollLine } from "#core/opening.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import type { SetAsideBallot } from "#core/trustees/bundle/box-file.ts";
import { readTrusteeLine, type TrusteeBoxLine, writeTrusteeLine } from "#core/trustees/bundle/box-line.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { isStamped } from "#storage/stamp.ts";
import type { StoredBallot } from "#storage/stored-ballots.ts";

/**
 * Sorts stored ballots into those of the box and those that are set aside. Ballots and roll are gone through by voter key, side by side, so
 * memory does not grow with either.
 */

export type SealWork = Readonly<{
  ceremony: Ceremony;
  regionIds: readonly string[];
  stampKey: KeyObject;
  /** `roll.txt`, and its root as it was signed. */
  roll: string;
  rollRoot: string;
  /** Reads all ballots, in any order; some may come twice. */
  read(onPage: (ballots: readonly StoredBallot[]) => Promise<void>): Promise<void>;
  /** The file of lines to write, in a folder for files that are gone at the end. */
  lines: string;
  folder: string;
  threads?: number | undefined;
  onProgress: OnProgress;
}>;

export type SealedLines = WrittenLines & Readonly<{ setAside: readonly SetAsideBallot[] }>;

type Add = (line: string) => Promise<void>;
type SetAside = (trackingCode: string, regionId: string, why: SetAsideBallot["why"]) => void;
/** What was set aside so far, and how many ballots were read. */
type Sealing = SealWork & Readonly<{ setAside: SetAside; stored: { count: number } }>;

/** What is stored as a line of the box; undefined when it is no ballot. */
function lineOf(ballot: StoredBallot, trackingCode: string): string | undefined {
  const voterKey = toBase64Url(ballot.oneTimeKey);
  if (ballot.hash !== voterKey || ballot.trackingCode !== trackingCode) return undefined;
  const line = writeTrusteeLine({
    ...{ regionId: ballot.regionId, trackingCode, voterKey },
    body: toBase64Url(ballot.envelope),
    signature: toBase64Url(ballot.signature ?? new Uint8Array()),
  });
  return readTrusteeLine(line) === undefined ? undefined : line;
}

/** Ballots by voter key, the first cast first. */
function addByKey({ read, stampKey, setAside, stored, onProgress }: Sealing, add: Add): Promise<void> {
  return read(async (ballots) => {
    for (const ballot of ballots) {
      // What it says is not believed, its tracking code included.
      const trackingCode = trackingCodeOf(createHash("sha256").update(trackedBytes(ballot)).digest());
      const line = lineOf(ballot, trackingCode);
      if (!isStamped(stampKey, ballot)) setAside(trackingCode, ballot.regionId, "unstamped");
      else if (line === undefined) setAside(trackingCode, ballot.regionId, "malformed");
      else await add(`${ballot.hash} ${ballot.castAt} ${line}`);
      stored.count++;
      onProgress({ step: "reading", done: stored.count, total: stored.count });
    }
  });
}

/** Those whose key is on the roll in their region, and has no other ballot. Throws Refusal when the roll is not the one that was signed. */
async function* onRoll(
  { roll, rollRoot, setAside }: Sealing,
  sorted: AsyncGenerator<string>,
  leaves: RollLeaves,
): AsyncGenerator<TrusteeBoxLine> {
  let [before, key] = ["", ""];
  for await (const text of sorted) {
    // Pages of a table that is read in parallel may overlap.
    if (text === before) continue;
    before = text;
    const line = readTrusteeLine(text.slice(text.indexOf("{")));
    if (line === undefined) throw new Error("a line that was sorted is as it was before");
    const { voterKey, regionId, trackingCode } = line;
    if (!(await leaves.has(rollLine({ hash: voterKey, regionId })))) setAside(trackingCode, regionId, "not-on-roll");
    else if (voterKey === key) setAside(trackingCode, regionId, "repeated-key");
    else {
      key = voterKey;
      yield line;
    }
  }
  if ((await leaves.root()) === rollRoot) return;
  throw new EnglishRefusal(`${roll}: this is not the roll that registrar and trustees signed.`);
}

/** So many ballots are judged at once: their proofs in one sum. */
const JUDGED_AT_ONCE = 1_000;

async function* inTasks(lines: AsyncGenerator<TrusteeBoxLine>): AsyncGenerator<JudgeTask> {
  let task: TrusteeBoxLine[] = [];
  for await (const line of lines) {
    task.push(line);
    if (task.length < JUDGED_AT_ONCE) continue;
    yield task;
    task = [];
  }
  if (task.length > 0) yield task;
}

/** Adds those that their voters signed and whose proofs are true. */
async function addJudged(work: Sealing, lines: AsyncGenerator<TrusteeBoxLine>, add: Add): Promise<void> {
  const { ceremony, setAside, stored, threads, onProgress } = work;
  let done = 0;
  await onThreads<JudgeTask, Judged>({
    ...{ thread: new URL("./judge-thread.ts", import.meta.url), threads, tasks: inTasks(lines) },
    data: { ceremony } satisfies JudgeWork,
    use: async (whys, task) => {
      for (const [at, line] of task.entries()) {
        const why = whys[at] ?? null;
        if (why === null) await add(byCode(line));
        else setAside(line.trackingCode, line.regionId, why);
      }
      done += task.length;
      onProgress({ step: "checking", done, total: stored.count });
    },
  });
}

const withLeaves = (roll: string, work: (leaves: RollLeaves) => Promise<void>): Promise<void> =>
  withSorted(
    KEY_ALPHABET,
    (sorter) => addRollLines(roll, sorter),
    (sorted) => work(rollLeaves(sorted)),
  );

/** Writes the file of lines. Throws Refusal when the roll is not the one that was signed. */
export async function sealLines(options: SealWork): Promise<SealedLines> {
  const { regionIds, roll, lines, folder } = options;
  const found: SetAsideBallot[] = [];
  const setAside: SetAside = (trackingCode, regionId, why) => {
    // Somebody may have written a region that is none: it is counted where a recount would.
    const known = regionIds.includes(regionId) ? regionId : (regionIds[0] ?? "");
    found.push({ trackingCode, regionId: known, why });
  };
  const work: Sealing = { ...options, setAside, stored: { count: 0 } };
  const judgeAll = (add: Add): Promise<void> =>
    withSorted(
      KEY_ALPHABET,
      (sorter) => addByKey(work, sorter.add),
      (ballots) => withLeaves(roll, (leaves) => addJudged(work, onRoll(work, ballots, leaves), add)),
    );
  const written = await withSorted(
    CODE_ALPHABET,
    (sorter) => judgeAll(sorter.add),
    (sorted) => writeByRegion(lines, folder, regionIds, sorted),
  );
  return { ...written, setAside: found.sort((a, b) => (a.trackingCode < b.trackingCode ? -1 : 1)) };
}
