import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { linesOf } from "#admin/certification/bundle-files.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { linesPath } from "#admin/trustees/bundle/file-names.ts";
import type { LinesJudged } from "#admin/trustees/verify/batch-jobs.ts";
import type { BatchThreads } from "#admin/trustees/verify/batch-threads.ts";
import type { ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { addRoll, withSorter } from "#admin/trustees/verify/roll-checks.ts";
import {
  type CheckGroup,
  checkOf,
  counted,
  groupOf,
  oneCheck,
  orFaults,
  type Told,
} from "#admin/trustees/verify/told.ts";
import { toBase64Url } from "#core/bytes.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { rollLine } from "#core/opening.ts";
import { readTrusteeLine } from "#core/trustees/bundle/box-line.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { isSigned } from "#storage/signing-key.ts";

/** Checking the box: every ballot's line, voter key, signature and proof. */

/** What the office signed. */
async function signedBoxCheck(bundle: ReadBundle): Promise<Told> {
  const { value, json } = await bundle.box();
  const { statement, signature } = value;
  const [{ value: opening, text }, definition] = [await bundle.opening(), await bundle.definition()];
  const signed = (json as { statement: unknown }).statement;
  const ballots = (await bundle.ballots()).reduce((sum, [, count]) => sum + count, 0);
  const same = (holds: boolean, fault: string): readonly string[] => (holds ? [] : [fault]);
  return orFaults(
    [
      ...same(isSigned(signed, signature), "its signature does not fit"),
      ...same(signature.publicKey === opening.signature.publicKey, "signed by another key than the opening"),
      ...same(statement.electionId === definition.electionId, `of election ${statement.electionId}`),
      ...same(
        statement.ceremony === toBase64Url(ceremonyDigest(recordIn(await bundle.ceremony()))),
        "sealed for another ceremony",
      ),
      ...same(statement.opening === sha256Hex(text), "sealed for another opening"),
      ...same(statement.rollRoot === opening.statement.rollRoot, "sealed by another roll than was stated"),
      ...same(Date.parse(statement.closesAt) === Date.parse(definition.closesAt), "it names another closing"),
    ],
    `${counted(ballots, "ballot")}, ${statement.setAside.length} set aside, signed by the office`,
  );
}

const FAULTS_KEPT = 4;

type Scan = Readonly<{
  /** Lines that are not where they should be, or none. */
  lines: readonly string[];
  order: readonly string[];
  merkleRoot: string;
}>;

const ordinal = (line: number): string => `line ${line}`;

/** Reads the box once: its order and root. Throws RangeError when its length is not that of its ballots. */
async function scanBox(bundle: ReadBundle, onProgress: OnProgress): Promise<Scan> {
  const { regions, ballots, bytes } = await bundle.layout();
  const file = linesPath(bundle.folder);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size !== bytes.box && size !== 0) {
    throw new RangeError(`${file} has ${size} bytes, and ${counted(ballots, "ballot")} have ${bytes.box}`);
  }
  const tree = merkleTree((leaf) => createHash("sha256").update(leaf).digest());
  const expected = regions.flatMap((region) => (region.ballots === 0 ? [] : [region]));
  const [lines, order]: [string[], string[]] = [[], []];
  let [line, region, left, previous] = [0, -1, 0, ""];
  for await (const text of linesOf(file)) {
    line++;
    if (left === 0) {
      region++;
      left = expected[region]?.ballots ?? 0;
      previous = "";
    }
    left--;
    tree.add(Buffer.from(text, "latin1"));
    const read = readTrusteeLine(text);
    const isHere = read !== undefined && read.regionId === expected[region]?.regionId;
    if (!isHere && lines.length < FAULTS_KEPT) lines.push(`${ordinal(line)} is no ballot of its region`);
    if (text <= previous && order.length < FAULTS_KEPT) order.push(`${ordinal(line)} is out of order`);
    previous = text;
    if (line % 10_000 === 0) onProgress({ step: "box", done: line, total: ballots });
  }
  if (line !== ballots) lines.push(`${counted(line, "line")}, and the office signed ${ballots}`);
  return { lines, order, merkleRoot: Buffer.from(tree.root()).toString("hex") };
}

/** That each key is on the roll in its ballot's region, and none has two ballots: both lists are gone through by key. */
async function voterKeysCheck(bundle: ReadBundle): Promise<Told> {
  const faults: string[] = [];
  await withSorter(
    (sorter) => addRoll(bundle.folder, sorter),
    (roll) =>
      withSorter(
        async (sorter) => {
          for await (const text of linesOf(linesPath(bundle.folder))) {
            const read = readTrusteeLine(text);
            if (read !== undefined) await sorter.add(rollLine({ hash: read.voterKey, regionId: read.regionId }));
          }
        },
        async (cast) => {
          let onRoll = (await roll.next()).value ?? "";
          let previous = "";
          for await (const ballot of cast) {
            while (onRoll !== "" && onRoll < ballot) onRoll = (await roll.next()).value ?? "";
            const [key = "", regionId = ""] = ballot.split(" ");
            if (key === previous) faults.push(`two ballots under the voter key ${key}`);
            if (onRoll !== ballot) faults.push(`voter key ${key} is not on the roll in region ${regionId}`);
            previous = key;
          }
        },
      ),
  );
  return orFaults(faults, `each is on roll.txt in its region, and none has two ballots`);
}

type Judged = Readonly<Record<Exclude<keyof LinesJudged, "kind">, readonly string[]>>;

/** Signatures, proofs and codes, a batch at a time on all cores. */
async function judgeBox(bundle: ReadBundle, threads: BatchThreads, onProgress: OnProgress): Promise<Judged> {
  const { regions, batches, ballots } = await bundle.layout();
  const found = { wrongCodes: [] as string[], unsigned: [] as string[], unproved: [] as string[] };
  const jobs = batches.map((_, place) => ({ kind: "lines", place }) as const);
  let done = 0;
  await threads.doAll(jobs, (judged, { place }) => {
    const batch = itemAt(batches, place);
    const before = regions
      .slice(
        0,
        regions.findIndex(({ regionId }) => regionId === batch.regionId),
      )
      .reduce((sum, region) => sum + region.ballots, batch.before);
    for (const kind of ["wrongCodes", "unsigned", "unproved"] as const) {
      found[kind].push(...judged[kind].map((at) => ordinal(before + at + 1)));
    }
    done += batch.ballots;
    onProgress({ step: "ballots", done, total: ballots });
  });
  return found;
}

export function boxGroups(
  bundle: ReadBundle,
  threads: () => Promise<BatchThreads>,
  onProgress: OnProgress,
): readonly CheckGroup[] {
  let scanned: Promise<Scan> | undefined;
  const scan = (): Promise<Scan> => (scanned ??= scanBox(bundle, onProgress));
  return [
    oneCheck("box", () => signedBoxCheck(bundle)),
    oneCheck("lines", async () => orFaults((await scan()).lines, "every line is a ballot of a region")),
    oneCheck("order", async () => orFaults((await scan()).order, "sorted by region and tracking code, none twice")),
    oneCheck("Merkle root", async () => {
      const { merkleRoot } = await scan();
      const signed = (await bundle.box()).value.statement.merkleRoot;
      return orFaults(merkleRoot === signed ? [] : [`signed ${signed}, found ${merkleRoot}`], merkleRoot);
    }),
    oneCheck("voter keys", () => voterKeysCheck(bundle)),
    groupOf("ballots", async () => {
      await scan();
      const { wrongCodes, unsigned, unproved } = await judgeBox(bundle, await threads(), onProgress);
      const of = (name: string, bad: string, at: readonly string[], good: string) =>
        checkOf(name, orFaults(at.length === 0 ? [] : [`${bad}: ${at.slice(0, FAULTS_KEPT).join(", ")}`], good));
      return [
        of("tracking codes", "not the code of key and ballot", wrongCodes, "each is its ballot's"),
        of("signatures of voters", "not signed by the voter key", unsigned, "each ballot is signed by its voter key"),
        of("proofs of ballots", "no proof for this voter and question", unproved, "each was made for its voter alone"),
      ];
    }),
  ];
}
