import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linesOf } from "#admin/certification/bundle-files.ts";
import { rollPath } from "#admin/trustees/bundle/file-names.ts";
import type { ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { type CheckGroup, counted, oneCheck, orFaults, type Told } from "#admin/trustees/verify/told.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { contestRegionIds } from "#core/contest.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { inForce, isOfRoll, rollLine } from "#core/opening.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import type { SignedRoll } from "#core/trustees/roll/shape.ts";
import { transcript } from "#core/trustees/transcript.ts";
import { type LineSorter, lineSorter } from "#storage/line-sorting.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Checking the roll of voter keys: who signed it, and that the file is the one that was signed. */

const signedBytes = ({ statement }: SignedRoll): Uint8Array => transcript("scrutin/v2/roll", canonicalJson(statement));

async function signedRollCheck(bundle: ReadBundle): Promise<Told> {
  const [ceremony, signed, { value: opening }] = [
    await bundle.ceremony(),
    await bundle.signedRoll(),
    await bundle.opening(),
  ];
  const changes = (await bundle.changes()).value;
  const { statement, signature, trustees } = signed;
  const bytes = signedBytes(signed);
  const isBy = (key: string, made: string): boolean => nodeTrustees.verify(bytesIn(key), bytes, bytesIn(made));
  const { roll } = inForce(opening, changes);
  const unsigned = trustees.filter(
    ({ trustee, signature: made }) => !isBy(itemAt(ceremony.trustees, trustee - 1).signingKey, made),
  );
  return orFaults(
    [
      ...(isBy(statement.registrar.signingKey, signature) ? [] : ["not signed by the registrar"]),
      ...unsigned.map(({ trustee }) => `the signature of trustee ${trustee} does not fit`),
      ...(trustees.length >= ceremony.threshold
        ? []
        : [`signed by ${counted(trustees.length, "trustee")}, and it takes ${ceremony.threshold}`]),
      ...(statement.ceremony === toBase64Url(ceremonyDigest(recordIn(ceremony)))
        ? []
        : ["signed for another ceremony"]),
      ...(statement.electionId === ceremony.electionId ? [] : [`of election ${statement.electionId}`]),
      ...(statement.rollRoot === opening.statement.rollRoot && statement.rollRoot === roll.rollRoot
        ? []
        : ["not the roll that was stated before voting"]),
      ...(canonicalJson(statement.onRoll) === canonicalJson(opening.statement.onRoll)
        ? []
        : ["not as many voters as were stated before voting"]),
      ...(changes.some(({ statement: change }) => isOfRoll(change))
        ? ["the roll was changed after the trustees had signed it"]
        : []),
    ],
    `by ${statement.registrar.name} and ${counted(trustees.length, "trustee")}, before voting`,
  );
}

/** The characters of base64url, in order. */
const ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/** Sorts lines that begin with a voter key; memory holds a sixty-fourth of them, a temporary folder all. */
export async function withSorter<T>(
  fill: (sorter: LineSorter) => Promise<void>,
  work: (sorted: AsyncGenerator<string>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-keys-"));
  try {
    const sorter = lineSorter(folder, "", ALPHABET);
    await fill(sorter).finally(() => sorter.close());
    return await work(sorter.sorted());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const ROLL_LINE = /^([A-Za-z0-9_-]{1,40}),([A-Za-z0-9_-]{43})$/;

/** The roll's lines as leaves of its Merkle tree, by voter key. Throws RangeError for a line that is none. */
export async function addRoll(folder: string, sorter: LineSorter): Promise<void> {
  let line = 0;
  for await (const text of linesOf(rollPath(folder))) {
    line++;
    const [, regionId = "", hash = ""] = ROLL_LINE.exec(text) ?? [];
    if (hash === "") throw new RangeError(`roll.txt, line ${line}: not a region and a voter key`);
    await sorter.add(rollLine({ hash, regionId }));
  }
}

async function rollFileCheck(bundle: ReadBundle): Promise<Told> {
  const { onRoll, rollRoot } = (await bundle.signedRoll()).statement;
  const regionIds = new Set(contestRegionIds(await bundle.definition()));
  const faults: string[] = [];
  const voters = new Map<string, number>();
  let previous = "";
  let line = 0;
  for await (const text of linesOf(rollPath(bundle.folder))) {
    line++;
    const regionId = text.split(",", 1)[0] ?? "";
    if (!ROLL_LINE.test(text)) faults.push(`line ${line} is no region and voter key`);
    else if (!regionIds.has(regionId)) faults.push(`line ${line} is of region ${regionId}, which the definition lacks`);
    if (text <= previous) faults.push(`line ${line} is out of order`);
    voters.set(regionId, (voters.get(regionId) ?? 0) + 1);
    previous = text;
    if (faults.length > 0) return orFaults(faults, "");
  }
  const signed = Object.entries(onRoll).filter(([, count]) => count > 0);
  if (canonicalJson(Object.fromEntries(signed)) !== canonicalJson(Object.fromEntries(voters))) {
    faults.push("it has not as many voters in each region as were signed");
  }
  await withSorter(
    (sorter) => addRoll(bundle.folder, sorter),
    async (sorted) => {
      const tree = merkleTree((bytes) => createHash("sha256").update(bytes).digest());
      let key = "";
      for await (const leaf of sorted) {
        const own = leaf.split(" ", 1)[0] ?? "";
        if (own === key) faults.push(`voter key ${key} is on it twice`);
        key = own;
        tree.add(Buffer.from(leaf));
      }
      if (Buffer.from(tree.root()).toString("hex") !== rollRoot) faults.push("not the roll that was signed");
    },
  );
  return orFaults(faults, `${counted(line, "voter key")}, as signed`);
}

export const rollGroups = (bundle: ReadBundle): readonly CheckGroup[] => [
  oneCheck("signed roll", () => signedRollCheck(bundle)),
  oneCheck("voter keys on the roll", () => rollFileCheck(bundle)),
];
