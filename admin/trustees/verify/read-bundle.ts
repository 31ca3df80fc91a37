import { join } from "node:path";
import type * as z from "zod";
import { BUNDLE_FILES, type Canonical, readCanonical, readIfThere } from "#admin/certification/bundle-files.ts";
import { boxPath, ceremonyFolderIn } from "#admin/trustees/bundle/file-names.ts";
import { messageFile } from "#admin/trustees/message-file.ts";
import { Certificate } from "#core/ballot-box.ts";
import { CertificateSignature } from "#core/certificate-signature.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { type Change, Changes, inForce, Opening } from "#core/opening.ts";
import { BoxFile } from "#core/trustees/bundle/box-file.ts";
import { type BundleLayout, bundleLayout, type RegionBallots } from "#core/trustees/bundle/layout.ts";
import { MixFile } from "#core/trustees/bundle/mix-file.ts";
import { OpeningFile } from "#core/trustees/bundle/opening-file.ts";
import { Message, type Round } from "#core/trustees/ceremony/message.ts";
import { Proposal } from "#core/trustees/ceremony/proposal.ts";
import { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { RehearsalFile } from "#core/trustees/ceremony/rehearsal.ts";
import { RegistrarRoll, type SignedRoll, TrusteeRoll } from "#core/trustees/roll/shape.ts";

/** The files of a trustees' bundle, each read when it is first asked for. All throw Refusal for a file that is missing or damaged. */

const BOX_FILE = "box.json";
export const mixJson = (mix: number): string => `mix-${mix}.json`;
export const openingJson = (trustee: number): string => `opening-${trustee}.json`;

export type ReadBundle = Readonly<{
  folder: string;
  ceremony(): Promise<Ceremony>;
  proposal(): Promise<Proposal>;
  message(round: Round, trustee: number): Promise<Message>;
  rehearsal(): Promise<RehearsalFile>;
  signedRoll(): Promise<SignedRoll>;
  opening(): Promise<Canonical<Opening>>;
  changes(): Promise<Canonical<readonly Change[]>>;
  /** As it is in force after all changes. */
  definition(): Promise<ElectionDefinition>;
  box(): Promise<Canonical<BoxFile>>;
  /** How many ballots each region has in the box, in the order of regions. */
  ballots(): Promise<RegionBallots>;
  layout(): Promise<BundleLayout>;
  /** From 1; undefined where it is not there. */
  mix(mix: number): Promise<Canonical<MixFile> | undefined>;
  openingOf(trustee: number): Promise<Canonical<OpeningFile> | undefined>;
  certificate(): Promise<Canonical<Certificate>>;
  signature(): Promise<Canonical<CertificateSignature>>;
}>;

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** What was read of a file, by its path: for whoever reads a bundle again and again, and knows which files have changed. */
export type FilesRead = Map<string, Promise<unknown>>;

function reader(files: FilesRead) {
  const kept = <T>(path: string, read: () => Promise<T>): Promise<T> => {
    // What is read of a path is always of one shape.
    const one = (files.get(path) as Promise<T> | undefined) ?? read();
    files.set(path, one);
    return one;
  };
  return {
    canonical: <T>(folder: string, name: string, shape: z.core.$ZodType<T>): Promise<Canonical<T>> =>
      kept(join(folder, name), () => readCanonical(folder, name, shape)),
    ifThere: <T>(folder: string, name: string, shape: z.core.$ZodType<T>): Promise<Canonical<T> | undefined> =>
      kept(join(folder, name), () => readIfThere(folder, name, shape)),
  };
}
type Reader = ReturnType<typeof reader>;

/** What the registrar signed, with the trustees' signatures that lie beside it. */
async function readSignedRoll(read: Reader, folder: string, { trustees }: Ceremony): Promise<SignedRoll> {
  const { value: signed } = await read.canonical(folder, "roll.json", RegistrarRoll);
  const signatures: SignedRoll["trustees"] = [];
  for (const place of trustees.keys()) {
    const name = `roll-trustee-${place + 1}.json`;
    const own = await read.ifThere(folder, name, TrusteeRoll);
    if (own === undefined) continue;
    const { trustee, signature } = own.value;
    if (trustee !== place + 1) throw new EnglishRefusal(`${join(folder, name)}: this is signed by trustee ${trustee}.`);
    signatures.push({ trustee, signature });
  }
  return { ...signed, trustees: signatures };
}

function ballotsOf({ statement }: BoxFile, definition: ElectionDefinition, file: string): RegionBallots {
  const counts = new Map(Object.entries(statement.ballots));
  const regionIds = contestRegionIds(definition);
  const known = regionIds.map((regionId): [string, number] => [regionId, counts.get(regionId) ?? -1]);
  if (known.some(([, count]) => count < 0) || counts.size !== regionIds.length) {
    throw new EnglishRefusal(`${file}: its regions are not those of the definition.`);
  }
  return known;
}

/** @param mostInBatch smaller in tests, which so have more batches */
export function readBundle(folder: string, mostInBatch?: number, files: FilesRead = new Map()): ReadBundle {
  const read = reader(files);
  const ceremonyFolder = ceremonyFolderIn(folder);
  const ceremony = async () => (await read.canonical(ceremonyFolder, "ceremony.json", Ceremony)).value;
  const opening = () => read.canonical(folder, BUNDLE_FILES.opening, Opening);
  const changes = () => read.canonical(folder, BUNDLE_FILES.changes, Changes);
  const definition = once(async () => inForce((await opening()).value, (await changes()).value).definition);
  const box = () => read.canonical(folder, BOX_FILE, BoxFile);
  const ballots = once(async () => ballotsOf((await box()).value, await definition(), boxPath(folder)));
  return {
    ...{ folder, ceremony, opening, changes, definition, box, ballots },
    proposal: async () => (await read.canonical(ceremonyFolder, "proposal.json", Proposal)).value,
    message: async (round, trustee) =>
      (await read.canonical(ceremonyFolder, messageFile(round, trustee), Message)).value,
    rehearsal: async () => (await read.canonical(ceremonyFolder, "rehearsal.json", RehearsalFile)).value,
    signedRoll: once(async () => readSignedRoll(read, ceremonyFolder, await ceremony())),
    layout: once(async () => bundleLayout(await ballots(), mostInBatch)),
    certificate: () => read.canonical(folder, BUNDLE_FILES.certificate, Certificate),
    signature: () => read.canonical(folder, BUNDLE_FILES.signature, CertificateSignature),
    mix: (mix) => read.ifThere(folder, mixJson(mix), MixFile),
    openingOf: (trustee) => read.ifThere(folder, openingJson(trustee), OpeningFile),
  };
}
