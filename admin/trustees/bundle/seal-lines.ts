import { createHash, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { linesOf } from "#admin/certification/bundle-files.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { Judged, JudgeTask, JudgeWork } from "#admin/trustees/bundle/judge-thread.ts";
import { CODE_ALPHABET, KEY_ALPHABET, withSorted } from "#admin/trustees/bundle/lines-by-key.ts";
import { addRollLines, rollLeaves } from "#admin/trustees/bundle/roll-file.ts";
import { onThreads } from "#admin/trustees/bundle/threads.ts";
import { toBase64Url } from "#core/bytes.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { rollLine } from "#core/opening.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import type { SetAsideBallot } from "#core/trustees/bundle/box-file.ts";
import { readTrusteeLine, type TrusteeBoxLine, writeTrusteeLine } from "#core/trustees/bundle/box-line.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { isStamped, type Stamped } from "#storage/stamp.ts";

/**
 * Sorts stored ballots into those of the box and those that are set aside. Ballots and roll are gone through by voter key, side by side, so
 * memory does not grow with either.
 */

/** A ballot as it is stored. */
export type StoredBallot = Stamped & Readonly<{ signature: Uint8Array }>;

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

export type SealedLines = Readonly<{
  ballots: Readonly<Record<string, number>>;
  merkleRoot: string;
  setAside: readonly SetAsideBallot[];
}>;

type Why = SetAsideBallot["why"];

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

/** What is stored as a line of the box; undefined when it is no ballot. */
function lineOf(ballot: StoredBallot, trackingCode: string): string | undefined {
  const voterKey = toBase64Url(ballot.oneTimeKey);
  if (ballot.hash !== voterKey || ballot.trackingCode !== trackingCode) return undefined;
  const fields = { regionId: ballot.regionId, trackingCode, voterKey };
  const line = writeTrusteeLine({
    ...fields,
    body: toBase64Url(ballot.envelope),
    signature: toBase64Url(ballot.signature),
  });
  return readTrusteeLine(line) === undefined ? undefined : line;
}

/** So many ballots are judged at once: their proofs in one sum. */
const JUDGED_AT_ONCE = 1_000;

const CODE_LENGTH = 20;

export async function sealLines(work: SealWork): Promise<SealedLines> {
  const { ceremony, regionIds, stampKey, roll, rollRoot, read, onProgress, threads } = work;
  const setAside: SetAsideBallot[] = [];
  let stored = 0;
  const put = (trackingCode: string, regionId: string, why: Why): void => {
    // Somebody may have written a region that is none: it is counted where a recount would.
    const known = regionIds.includes(regionId) ? regionId : (regionIds[0] ?? "");
    setAside.push({ trackingCode, regionId: known, why });
  };

  /** Ballots by voter key, the first cast first. */
  const byKey = (add: (line: string) => Promise<void>): Promise<void> =>
    read(async (ballots) => {
      for (const ballot of ballots) {
        // What it says is not believed, its tracking code included.
        const trackingCode = trackingCodeOf(sha256(trackedBytes(ballot)));
        const line = lineOf(ballot, trackingCode);
        if (!isStamped(stampKey, ballot)) put(trackingCode, ballot.regionId, "unstamped");
        else if (line === undefined) put(trackingCode, ballot.regionId, "malformed");
        else await add(`${ballot.hash} ${ballot.castAt} ${line}`);
        stored++;
        onProgress({ step: "reading", done: stored, total: stored });
      }
    });

  /** Those whose key is on the roll in their region, and has no other ballot. */
  async function* onRoll(
    sorted: AsyncGenerator<string>,
    leaves: ReturnType<typeof rollLeaves>,
  ): AsyncGenerator<TrusteeBoxLine> {
    let [before, key] = ["", ""];
    for await (const text of sorted) {
      // Pages of a table that is read in parallel may overlap.
      if (text === before) continue;
      before = text;
      const line = readTrusteeLine(text.slice(text.indexOf("{")));
      if (line === undefined) throw new Error("a line of the box was read before");
      const { voterKey, regionId, trackingCode } = line;
      if (!(await leaves.has(rollLine({ hash: voterKey, regionId })))) put(trackingCode, regionId, "not-on-roll");
      else if (voterKey === key) put(trackingCode, regionId, "repeated-key");
      else {
        key = voterKey;
        yield line;
      }
    }
    if ((await leaves.root()) !== rollRoot) {
      throw new EnglishRefusal(`${roll}: this is not the roll that registrar and trustees signed.`);
    }
  }

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

  const judged = (lines: AsyncGenerator<TrusteeBoxLine>, add: (line: string) => Promise<void>): Promise<void> => {
    let done = 0;
    return onThreads<JudgeTask, Judged>({
      ...{ thread: new URL("./judge-thread.ts", import.meta.url), threads, tasks: inTasks(lines) },
      data: { ceremony } satisfies JudgeWork,
      use: async (whys, task) => {
        for (const [at, line] of task.entries()) {
          const why = whys[at] ?? null;
          if (why === null) await add(`${line.trackingCode}${writeTrusteeLine(line)}`);
          else put(line.trackingCode, line.regionId, why);
        }
        done += task.length;
        onProgress({ step: "checking", done, total: stored });
      },
    });
  };

  return withSorted(
    CODE_ALPHABET,
    (byCode) =>
      withSorted(
        KEY_ALPHABET,
        (sorter) => byKey(sorter.add),
        (ballots) =>
          withSorted(
            KEY_ALPHABET,
            (sorter) => addRollLines(roll, sorter),
            (leaves) => judged(onRoll(ballots, rollLeaves(leaves)), byCode.add),
          ),
      ),
    async (sorted) => ({
      ...(await writeByRegion(work, sorted)),
      setAside: setAside.sort((a, b) => (a.trackingCode < b.trackingCode ? -1 : 1)),
    }),
  );
}

/** Writes lines that come by tracking code, region by region. */
async function writeByRegion(
  { folder, lines, regionIds }: SealWork,
  sorted: AsyncGenerator<string>,
): Promise<Pick<SealedLines, "ballots" | "merkleRoot">> {
  const parts = await mkdtemp(join(folder, ".regions-"));
  try {
    const counts = await partByRegion(parts, regionIds, sorted);
    const tree = merkleTree(sha256);
    const file = createWriteStream(lines, { flush: true });
    for (const regionId of regionIds.filter((id) => (counts.get(id) ?? 0) > 0)) {
      for await (const line of linesOf(join(parts, regionId))) {
        tree.add(Buffer.from(line, "latin1"));
        if (!file.write(`${line}\n`)) await once(file, "drain");
      }
    }
    file.end();
    await finished(file);
    return { ballots: Object.fromEntries(counts), merkleRoot: Buffer.from(tree.root()).toString("hex") };
  } finally {
    await rm(parts, { recursive: true, force: true });
  }
}

async function partByRegion(
  folder: string,
  regionIds: readonly string[],
  sorted: AsyncGenerator<string>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map(regionIds.map((regionId) => [regionId, 0]));
  const streams = new Map<string, WriteStream>();
  for await (const text of sorted) {
    const line = text.slice(CODE_LENGTH);
    const { regionId } = readTrusteeLine(line) ?? { regionId: "" };
    const stream = streams.get(regionId) ?? createWriteStream(join(folder, regionId));
    streams.set(regionId, stream);
    counts.set(regionId, (counts.get(regionId) ?? 0) + 1);
    if (!stream.write(`${line}\n`)) await once(stream, "drain");
  }
  for (const stream of streams.values()) stream.end();
  await Promise.all([...streams.values()].map((stream) => finished(stream)));
  return counts;
}
