import type { OnProgress } from "#admin/shared/progress.ts";
import { openedPath, openingFiles } from "#admin/trustees/bundle/file-names.ts";
import type { BatchThreads } from "#admin/trustees/verify/batch-threads.ts";
import { sha256OfFile } from "#admin/trustees/verify/mix-checks.ts";
import { openingJson, type ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { type CheckGroup, checkOf, counted, groupOf, orFaults } from "#admin/trustees/verify/told.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { Tally } from "#core/results.ts";
import { openingFileBytes } from "#core/trustees/bundle/opening-file.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Checking the openings: each trustee's, and what they come to together. */

/** SHA-256 of each mix's file, the first mix first. */
export async function mixDigests(bundle: ReadBundle): Promise<readonly string[]> {
  const { mixes } = await bundle.ceremony();
  const digests: string[] = [];
  for (let mix = 1; mix <= mixes; mix++) digests.push(sha256Hex((await bundle.mix(mix))?.text ?? ""));
  return digests;
}

/** What is wrong with a trustee's opening before its proofs are looked at. */
export async function openingFaults(bundle: ReadBundle, number: number): Promise<readonly string[]> {
  const [ceremony, layout, { text }] = [await bundle.ceremony(), await bundle.layout(), await bundle.box()];
  const trustee = ceremony.trustees[number - 1];
  const read = await bundle.openingOf(number);
  if (trustee === undefined) return [`there is no trustee ${number}`];
  if (read === undefined) return [`${openingJson(number)} is missing`];
  const { statement, signature } = read.value;
  const sha256 = await sha256OfFile(openingFiles(bundle.folder, number).binary, layout.bytes.opening);
  return [
    ...(nodeTrustees.verify(bytesIn(trustee.signingKey), openingFileBytes(statement), bytesIn(signature))
      ? []
      : [`the signature of ${trustee.name} does not fit`]),
    ...(statement.trustee === number ? [] : [`it is by trustee ${statement.trustee}`]),
    ...(statement.ceremony === toBase64Url(ceremonyDigest(recordIn(ceremony))) ? [] : ["of another ceremony"]),
    ...(statement.box === sha256Hex(text) ? [] : ["of another box"]),
    ...(canonicalJson(statement.mixes) === canonicalJson(await mixDigests(bundle)) ? [] : ["of other mixes"]),
    ...(statement.sha256 === sha256 ? [] : [`opening-${number}.bin is not the file that the trustee signed`]),
  ];
}

export type OpenedBox = Readonly<{
  /** By region. */
  tallies: ReadonlyMap<string, Tally>;
  /** Of each trustee, batches whose opening is not good. */
  bad: ReadonlyMap<number, readonly string[]>;
  /** Batches of which opened.bin says something else. */
  differing: readonly string[];
}>;

/** Goes through all batches once: the openings, their combination, and what the ballots say. */
export async function openedBox(
  bundle: ReadBundle,
  trustees: readonly number[],
  threads: BatchThreads,
  onProgress: OnProgress,
): Promise<OpenedBox> {
  const [layout, { mixes }] = [await bundle.layout(), await bundle.ceremony()];
  const tallies = new Map<string, Map<string, number>>();
  const bad = new Map<number, string[]>(trustees.map((trustee) => [trustee, []]));
  const differing: string[] = [];
  const jobs = layout.batches.map((_, place) => ({ kind: "openings", place, mixes, trustees }) as const);
  let done = 0;
  await threads.doAll(jobs, (judged, { place }) => {
    const { regionId, batch, ballots } = itemAt(layout.batches, place);
    const where = `region ${regionId}, batch ${batch + 1}`;
    for (const trustee of judged.bad) bad.get(trustee)?.push(where);
    if (!judged.isCombined) differing.push(where);
    const tally = tallies.get(regionId) ?? new Map<string, number>();
    tallies.set(regionId, tally);
    for (const [selection, count] of judged.tally) tally.set(selection, (tally.get(selection) ?? 0) + count);
    done += ballots;
    onProgress({ step: "openings", done, total: layout.ballots });
  });
  return { tallies, bad, differing };
}

/** @param opened the box, opened by these trustees */
export const openingGroups = (
  bundle: ReadBundle,
  trustees: readonly number[],
  opened: () => Promise<OpenedBox>,
): readonly CheckGroup[] => [
  ...trustees.map((number) => {
    const name = `opening by trustee ${number}`;
    return groupOf(name, async () => {
      const faults = await openingFaults(bundle, number);
      if (faults.length > 0) return [checkOf(name, orFaults(faults, ""))];
      const bad = (await opened()).bad.get(number) ?? [];
      const trustee = (await bundle.ceremony()).trustees[number - 1]?.name ?? "";
      return [
        checkOf(
          name,
          orFaults(
            bad.map((where) => `${where}: not by this trustee's key`),
            `${trustee} opened all ballots with the key of the ceremony`,
          ),
        ),
      ];
    });
  }),
  groupOf("combination", async () => {
    const { threshold } = await bundle.ceremony();
    const layout = await bundle.layout();
    const sha256 = await sha256OfFile(openedPath(bundle.folder), layout.bytes.opened);
    if (trustees.length < threshold) {
      const few = `opened by ${counted(trustees.length, "trustee")}, and it takes ${threshold}`;
      return [checkOf("combination", orFaults([few], ""))];
    }
    if (sha256 === undefined) {
      return [checkOf("combination", orFaults(["opened.bin is missing or cut short"], ""))];
    }
    const { differing } = await opened();
    const words = `opened.bin is what the openings of ${threshold} trustees come to`;
    return [
      checkOf(
        "combination",
        orFaults(
          differing.map((where) => `${where}: opened.bin says something else`),
          words,
        ),
      ),
    ];
  }),
];
