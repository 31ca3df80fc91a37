import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { OnProgress } from "#admin/shared/progress.ts";
import { mixFiles } from "#admin/trustees/bundle/file-names.ts";
import type { BatchThreads } from "#admin/trustees/verify/batch-threads.ts";
import { mixJson, type ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { type CheckGroup, counted, oneCheck, orFaults, type Told } from "#admin/trustees/verify/told.ts";
import { toBase64Url } from "#core/bytes.ts";
import { mixFileBytes } from "#core/trustees/bundle/mix-file.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Checking the mixes: who made each, and that it gives the ballots that it was given. */

/** SHA-256 of a file of any size, in hexadecimal; undefined when it has another length. */
export async function sha256OfFile(file: string, bytes: number): Promise<string | undefined> {
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  );
  if (size !== bytes) return undefined;
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest("hex");
}

/** Who mixed, in the order of mixes: those that are there, one after the other. */
async function mixersOf(bundle: ReadBundle, most: number): Promise<readonly number[]> {
  const mixers: number[] = [];
  for (let mix = 1; mix <= most; mix++) {
    const read = await bundle.mix(mix);
    if (read === undefined) break;
    mixers.push(read.value.statement.trustee);
  }
  return mixers;
}

/** @param through how many mixes must be there: those agreed, or fewer while trustees still mix */
async function mixersCheck(bundle: ReadBundle, through: number): Promise<Told> {
  const { mixes, trustees } = await bundle.ceremony();
  const mixers = await mixersOf(bundle, mixes);
  const twice = mixers.filter((trustee, place) => mixers.indexOf(trustee) < place);
  const isMore = (await bundle.mix(mixes + 1)) !== undefined;
  const names = mixers.map((trustee) => trustees[trustee - 1]?.name ?? `trustee ${trustee}`);
  return orFaults(
    [
      ...(mixers.length >= through
        ? []
        : [`mixed by ${counted(mixers.length, "trustee")}, and ${through} were agreed`]),
      ...(isMore ? [`there are more mixes than the ${mixes} that were agreed`] : []),
      ...twice.map((trustee) => `trustee ${trustee} mixed twice, which counts once`),
      ...mixers.filter((trustee) => trustee > trustees.length).map((trustee) => `there is no trustee ${trustee}`),
    ],
    `${names.join(", then ")}: as agreed`,
  );
}

async function mixCheck(bundle: ReadBundle, mix: number, threads: BatchThreads, onProgress: OnProgress): Promise<Told> {
  const read = await bundle.mix(mix);
  if (read === undefined) return orFaults([`${mixJson(mix)} is missing`], "");
  const { statement, signature } = read.value;
  const [ceremony, layout, { text }] = [await bundle.ceremony(), await bundle.layout(), await bundle.box()];
  const mixer = ceremony.trustees[statement.trustee - 1];
  if (mixer === undefined) return orFaults([`there is no trustee ${statement.trustee}`], "");
  const sha256 = await sha256OfFile(mixFiles(bundle.folder, mix).binary, layout.bytes.mix);
  const faults = [
    ...(nodeTrustees.verify(bytesIn(mixer.signingKey), mixFileBytes(statement), bytesIn(signature))
      ? []
      : [`the signature of ${mixer.name} does not fit`]),
    ...(statement.mix === mix ? [] : [`it is mix ${statement.mix}`]),
    ...(statement.ceremony === toBase64Url(ceremonyDigest(recordIn(ceremony))) ? [] : ["of another ceremony"]),
    ...(statement.box === sha256Hex(text) ? [] : ["of another box"]),
    ...(statement.sha256 === sha256 ? [] : [`mix-${mix}.bin is not the file that the mixer signed`]),
  ];
  // Slow, and what the mixer did not sign proves nothing.
  if (faults.length > 0) return orFaults(faults, "");
  const jobs = layout.batches.map((_, place) => ({ kind: "mix", place, mix, trustee: statement.trustee }) as const);
  let done = 0;
  await threads.doAll(jobs, ({ isTrue }, { place }) => {
    const { regionId, batch, ballots } = itemAt(layout.batches, place);
    if (!isTrue) faults.push(`region ${regionId}, batch ${batch + 1}: not the ballots that were given, each once`);
    done += ballots;
    onProgress({ step: `mix ${mix}`, done, total: layout.ballots });
  });
  return orFaults(faults, `${mixer.name} gave back each ballot once, encrypted anew`);
}

/** @param through how many mixes are checked */
export const mixGroups = (
  bundle: ReadBundle,
  through: number,
  threads: () => Promise<BatchThreads>,
  onProgress: OnProgress,
): readonly CheckGroup[] => [
  oneCheck("mixers", () => mixersCheck(bundle, through)),
  ...Array.from({ length: through }, (_, place) =>
    oneCheck(`mix ${place + 1}`, async () => mixCheck(bundle, place + 1, await threads(), onProgress)),
  ),
];
