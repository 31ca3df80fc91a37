import { biographiesChecks } from "#admin/certification/biographies.ts";
import { countChecks, signatureCheck } from "#admin/certification/certificate-checks.ts";
import type { Check } from "#admin/certification/check.ts";
import { openingChecks } from "#admin/certification/opening-checks.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { openedPath } from "#admin/trustees/bundle/file-names.ts";
import { type BatchThreads, batchThreads } from "#admin/trustees/verify/batch-threads.ts";
import { boxGroups } from "#admin/trustees/verify/box-checks.ts";
import { ceremonyGroups } from "#admin/trustees/verify/ceremony-checks.ts";
import { mixGroups, sha256OfFile } from "#admin/trustees/verify/mix-checks.ts";
import { mixDigests, type OpenedBox, openedBox, openingGroups } from "#admin/trustees/verify/opening-checks.ts";
import type { ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { receiptGroups } from "#admin/trustees/verify/receipt-check.ts";
import { rollGroups } from "#admin/trustees/verify/roll-checks.ts";
import { type CheckGroup, counted, groupOf, oneCheck, orFaults, type Told } from "#admin/trustees/verify/told.ts";
import type { RegionLines } from "#core/ballot-box.ts";
import { type Certificate, type CertifiedTrustees, contradictions } from "#core/ballot-box.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { Tally } from "#core/results.ts";
import { countBallot, SPOILED } from "#core/selection.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { sha256Hex } from "#storage/definition-parts.ts";

/** All checks of an election whose key trustees hold, each by its own name, in the order in which they are told. */

const nothing: OnProgress = () => {};

function threadsOf(bundle: ReadBundle, mostInBatch: number | undefined): () => Promise<BatchThreads> {
  let made: Promise<BatchThreads> | undefined;
  const make = async (): Promise<BatchThreads> =>
    batchThreads({
      folder: bundle.folder,
      ceremony: await bundle.ceremony(),
      definition: await bundle.definition(),
      ballots: await bundle.ballots(),
      mostInBatch,
    });
  return () => (made ??= make());
}

export type MixedOptions = Readonly<{
  words?: string | undefined;
  /** How many mixes are there; by default as many as were agreed. */
  through: number;
  onProgress?: OnProgress | undefined;
  /** Smaller in tests. */
  mostInBatch?: number | undefined;
}>;

/** Everything up to a mix: no opening is looked at, and no certificate. */
export function mixedGroups(
  bundle: ReadBundle,
  { words, through, onProgress = nothing, mostInBatch }: MixedOptions,
): readonly CheckGroup[] {
  const threads = threadsOf(bundle, mostInBatch);
  return [
    ...ceremonyGroups(bundle, words),
    ...rollGroups(bundle),
    ...boxGroups(bundle, threads, onProgress),
    ...mixGroups(bundle, through, threads, onProgress),
  ];
}

/** What the certificate says of the trustees' files. */
export async function certifiedTrustees(bundle: ReadBundle, openings: readonly number[]): Promise<CertifiedTrustees> {
  const layout = await bundle.layout();
  const digests = openings.map(async (trustee) => {
    const read = await bundle.openingOf(trustee);
    return { trustee, sha256: sha256Hex(read?.text ?? "") };
  });
  return {
    ceremony: toBase64Url(ceremonyDigest(recordIn(await bundle.ceremony()))),
    signedRoll: sha256Hex(canonicalJson(await bundle.signedRoll())),
    box: sha256Hex((await bundle.box()).text),
    mixes: [...(await mixDigests(bundle))],
    openings: await Promise.all(digests),
    opened: (await sha256OfFile(openedPath(bundle.folder), layout.bytes.opened)) ?? "0".repeat(64),
  };
}

async function filesCheck(bundle: ReadBundle): Promise<Told> {
  const { trustees: certified } = (await bundle.certificate()).value;
  const numbers = (certified?.openings ?? []).map(({ trustee }) => trustee);
  const found = new Map(Object.entries(await certifiedTrustees(bundle, numbers)));
  const differing = Object.entries(certified ?? {}).flatMap(([name, value]) =>
    canonicalJson(value) === canonicalJson(found.get(name)) ? [] : [name],
  );
  const isInOrder = numbers.every((number, place) => place === 0 || number > (numbers[place - 1] ?? 0));
  return orFaults(
    [
      ...differing.map((name) => `not the ${name} that was certified`),
      ...(isInOrder ? [] : ["an opening is named twice, or out of order"]),
    ],
    "ceremony, roll, box, mixes and openings are those that were certified",
  );
}

/** What was certified of the box, beside what is in it. */
async function boxNumbersCheck(bundle: ReadBundle): Promise<Told> {
  const { counts, merkleRoot, publicKey } = (await bundle.certificate()).value;
  const { statement } = (await bundle.box()).value;
  const { ballots } = await bundle.layout();
  const setAside = statement.setAside.length;
  return orFaults(
    [
      ...(merkleRoot === statement.merkleRoot ? [] : ["another Merkle root was certified"]),
      ...(publicKey === (await bundle.ceremony()).publicKey ? [] : ["another public key was certified"]),
      ...(counts.cast === ballots + setAside ? [] : [`certified ${counts.cast} ballots, found ${ballots + setAside}`]),
      ...(counts.setAside === setAside ? [] : [`certified ${counts.setAside} set aside, found ${setAside}`]),
    ],
    `${counted(ballots, "ballot")} in the box, ${setAside} set aside, as certified`,
  );
}

/** Ballots of each region, those set aside among them. */
export async function linesByRegion(bundle: ReadBundle): Promise<ReadonlyMap<string, RegionLines>> {
  const { setAside } = (await bundle.box()).value.statement;
  const of = (regionId: string): number => setAside.filter((ballot) => ballot.regionId === regionId).length;
  return new Map(
    (await bundle.ballots()).map(([regionId, ballots]) => {
      const aside = of(regionId);
      return [regionId, { ballots: ballots + aside, setAside: aside }];
    }),
  );
}

/** What counts: opened ballots, and as spoiled those that were set aside. */
export async function withSetAside(
  bundle: ReadBundle,
  opened: ReadonlyMap<string, Tally>,
): Promise<ReadonlyMap<string, Tally>> {
  const tallies = new Map([...opened].map(([regionId, tally]) => [regionId, new Map(tally)]));
  for (const { regionId } of (await bundle.box()).value.statement.setAside) {
    const tally = tallies.get(regionId) ?? new Map<string, number>();
    tallies.set(regionId, tally);
    countBallot(tally, SPOILED);
  }
  return tallies;
}

async function countedChecks(bundle: ReadBundle, opened: OpenedBox): Promise<readonly Check[]> {
  const { value: certificate } = await bundle.certificate();
  const setAside = (await bundle.box()).value.statement.setAside.map(({ trackingCode }) => trackingCode);
  const { ballots } = await bundle.layout();
  const tallies = await withSetAside(bundle, opened.tallies);
  return countChecks(certificate, { ballots: ballots + setAside.length, setAside, shared: [], tallies });
}

async function addUpCheck(bundle: ReadBundle): Promise<readonly Check[]> {
  const { value: certificate } = await bundle.certificate();
  const contradicted = contradictions(certificate, await linesByRegion(bundle));
  const finding = { kind: "counts", counts: certificate.counts, contradictions: contradicted } as const;
  return [{ name: "counts add up", isTrue: contradicted.length === 0, finding }];
}

async function certificateChecks(
  bundle: ReadBundle,
  { opening, change }: Pick<TrusteesOptions, "opening" | "change">,
): Promise<readonly Check[]> {
  const [{ value: certificate }, { value: signature }] = [await bundle.certificate(), await bundle.signature()];
  return [
    ...(await openingChecks(bundle.folder, certificate, signature, opening, change)),
    ...(await biographiesChecks(bundle.folder, certificate.definition)),
  ];
}

export type TrusteesOptions = Readonly<{
  words?: string | undefined;
  signedBy?: string | undefined;
  /** Digits of the opening's SHA-256, and that of the newest change, as they were published. */
  opening?: string | undefined;
  change?: string | undefined;
  receiptFile?: string | undefined;
  onProgress?: OnProgress | undefined;
  mostInBatch?: number | undefined;
}>;

/** @param certificate what is certified; all else is read when its check is made */
export function trusteesGroups(
  bundle: ReadBundle,
  certificate: Pick<Certificate, "trustees">,
  mixes: number,
  options: TrusteesOptions,
): readonly CheckGroup[] {
  const { onProgress = nothing, mostInBatch, words, receiptFile, signedBy } = options;
  const trustees = (certificate.trustees?.openings ?? []).map(({ trustee }) => trustee);
  const threads = threadsOf(bundle, mostInBatch);
  let openedOnce: Promise<OpenedBox> | undefined;
  const opened = (): Promise<OpenedBox> =>
    (openedOnce ??= threads().then((hands) => openedBox(bundle, trustees, hands, onProgress)));
  return [
    groupOf("signature", async () => {
      const { json } = await bundle.certificate();
      return [signatureCheck(json, (await bundle.signature()).value, signedBy)];
    }),
    groupOf("opening", () => certificateChecks(bundle, options)),
    oneCheck("certified files", () => filesCheck(bundle)),
    oneCheck("certified box", () => boxNumbersCheck(bundle)),
    groupOf("counts add up", () => addUpCheck(bundle)),
    ...mixedGroups(bundle, { words, through: mixes, onProgress, mostInBatch }),
    ...openingGroups(bundle, trustees, opened),
    groupOf("recount", async () => countedChecks(bundle, await opened())),
    ...receiptGroups(bundle, receiptFile),
  ];
}
