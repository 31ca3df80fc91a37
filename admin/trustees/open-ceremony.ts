import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { makeFolder } from "#admin/trustees/folder.ts";
import { readFileOf } from "#admin/trustees/read-file.ts";
import { toBase64Url } from "#core/bytes.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { askedDefinition } from "#core/trustees/asked-definition.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { Proposal } from "#core/trustees/ceremony/proposal.ts";
import { MOST_TRUSTEES } from "#core/trustees/ceremony/record-shape.ts";
import { canReceive, isOwnTrustee, PublicTrustee } from "#core/trustees/ceremony/trustee.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** An officer opens a ceremony: who the trustees are, and how many open a box. */

export type OpenOptions = Readonly<{
  definition: string;
  /** Their public files, in the order of their numbers. */
  trustees: readonly string[];
  threshold: number;
  mixes: number;
  /** The page on which voters test devices. */
  testPage?: string;
  folder: string;
}>;

async function readTrustee(file: string): Promise<PublicTrustee> {
  const trustee = await readFileOf(file, "a trustee's public file", PublicTrustee);
  if (!isOwnTrustee(nodeTrustees.verify, trustee)) {
    throw new EnglishRefusal(
      `${file}: this was altered: its signature does not fit. Ask ${trustee.name} for it again.`,
    );
  }
  if (await canReceive(nodeTrustees, trustee)) return trustee;
  throw new EnglishRefusal(`${file}: nothing can be sealed to this key, which scrutin trustee new never makes.`);
}

function requireOnceEach(files: readonly string[], trustees: readonly PublicTrustee[]): void {
  for (const [place, trustee] of trustees.entries()) {
    const before = trustees.findIndex(
      ({ name, signingKey }) => name === trustee.name || signingKey === trustee.signingKey,
    );
    if (before < place) {
      throw new EnglishRefusal(
        `${files[place]}: name or key is that of ${files[before]}. Each trustee has both to itself.`,
      );
    }
  }
}

function requireNumbers({ threshold, mixes }: OpenOptions, count: number): void {
  if (count > MOST_TRUSTEES) throw new EnglishRefusal(`--trustees: at most ${MOST_TRUSTEES}, not ${count}.`);
  if (threshold < 2 || threshold > count) {
    throw new EnglishRefusal(`--threshold: from 2 to ${count}, the number of trustees, not ${threshold}.`);
  }
  if (mixes < 1 || mixes > count) {
    throw new EnglishRefusal(`--mixes: from 1 to ${count}, the number of trustees, not ${mixes}.`);
  }
}

async function sha256Of(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw new EnglishRefusal(`${file}: this file cannot be read.`);
  });
  return toBase64Url(createHash("sha256").update(bytes).digest());
}

/** Makes the ceremony's folder. Throws Refusal when anything does not fit. */
export async function openCeremony(electionId: string, options: OpenOptions): Promise<Proposal> {
  const { trustees: files, threshold, mixes, testPage, folder } = options;
  // Its times are no part of the question: a demonstration's may count from any start.
  const definition = await readDefinition(options.definition, Date.now());
  if (definition.electionId !== electionId) {
    throw new EnglishRefusal(
      `${options.definition}: this is the definition of election ${definition.electionId}, not of ${electionId}.`,
    );
  }
  const trustees = await Promise.all(files.map(readTrustee));
  requireOnceEach(files, trustees);
  requireNumbers(options, trustees.length);
  const proposal = Proposal.parse({
    ...{ format: "scrutin-ceremony-proposal-1", electionId, threshold, mixes, trustees },
    ballotDigest: toBase64Url(ballotDigest(definition)),
    nonce: toBase64Url(randomBytes(32)),
    ...(testPage !== undefined && { testPage: await sha256Of(testPage) }),
  });
  await makeFolder(folder, proposal, askedDefinition(definition));
  return proposal;
}
