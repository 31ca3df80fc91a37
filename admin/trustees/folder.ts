import { createHash } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { messageFile } from "#admin/trustees/message-file.ts";
import { writeNewFile } from "#admin/trustees/new-file.ts";
import { readIfThere, textIfThere } from "#admin/trustees/read-file.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { type Checked, checkMessages, type FoundMessage } from "#core/trustees/ceremony/checks.ts";
import { Message, ROUNDS } from "#core/trustees/ceremony/message.ts";
import { Proposal, trusteeNumbers } from "#core/trustees/ceremony/proposal.ts";
import { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { TrialOpening } from "#core/trustees/ceremony/rehearsal.ts";
import { canReceive, isOwnTrustee } from "#core/trustees/ceremony/trustee.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** The folder of a ceremony, exchanged by any means: one file for each message, named by round and trustee. */

const PROPOSAL = "proposal.json";
/** What voters are asked, whose SHA-256 is the ballot digest. */
const QUESTION = "question.json";
const CEREMONY = "ceremony.json";
export const REHEARSAL = "rehearsal.json";

const trialFile = (trustee: number): string => `trial-opening-trustee-${trustee}.json`;

/** A ceremony that is under way: what was proposed, and all messages there are. */
export type CeremonyFolder = Readonly<{ folder: string; proposal: Proposal; question: string; checked: Checked }>;

/** Makes the folder. Throws Refusal when it holds anything. */
export async function makeFolder(folder: string, proposal: Proposal, question: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new EnglishRefusal(`${folder}: this folder holds files already. Open the ceremony in a new one.`);
  }
  await writeNewFile(join(folder, QUESTION), question);
  await writeNewFile(join(folder, PROPOSAL), canonicalText(proposal));
}

async function readProposal(folder: string): Promise<Proposal> {
  const path = join(folder, PROPOSAL);
  const proposal = await readIfThere(path, "a ceremony's proposal", Proposal);
  if (proposal === undefined) {
    throw new EnglishRefusal(`${path}: there is no such file. scrutin ceremony open makes a ceremony's folder.`);
  }
  const foreign = proposal.trustees.find((trustee) => !isOwnTrustee(nodeTrustees.verify, trustee));
  if (foreign !== undefined) {
    throw new EnglishRefusal(
      `${path}: what it says of ${foreign.name} was not made by that trustee's key. Do not go on: open another ceremony with the .pub files as the trustees give them.`,
    );
  }
  for (const trustee of proposal.trustees) {
    if (await canReceive(nodeTrustees, trustee)) continue;
    throw new EnglishRefusal(
      `${path}: nothing can be sealed to the key of ${trustee.name}. Open another ceremony without it.`,
    );
  }
  return proposal;
}

const sha256Of = (text: string): string => createHash("sha256").update(text).digest("base64url");

async function readQuestion(folder: string, { ballotDigest }: Proposal): Promise<string> {
  const path = join(folder, QUESTION);
  const question = await textIfThere(path);
  if (question === undefined || sha256Of(question) !== ballotDigest) {
    throw new EnglishRefusal(
      `${path}: this is not the question for which the ceremony was opened. Ask the officer for the folder again.`,
    );
  }
  return question;
}

async function readMessages(folder: string, proposal: Proposal): Promise<readonly FoundMessage[]> {
  const places = ROUNDS.flatMap((round) => trusteeNumbers(proposal).map((trustee) => ({ round, trustee })));
  const found: FoundMessage[] = [];
  for (const { round, trustee } of places) {
    const message = await readIfThere(join(folder, messageFile(round, trustee)), "a message of a ceremony", Message);
    if (message !== undefined) found.push({ round, trustee, message });
  }
  return found;
}

/** Reads a ceremony's folder, and checks all messages. Throws Refusal for files that are missing, altered or damaged. */
export async function readFolder(folder: string): Promise<CeremonyFolder> {
  const proposal = await readProposal(folder);
  const question = await readQuestion(folder, proposal);
  const checked = checkMessages(nodeTrustees.verify, proposal, await readMessages(folder, proposal));
  return { folder, proposal, question, checked };
}

export const writeMessage = (folder: string, message: Message): Promise<void> =>
  writeNewFile(join(folder, messageFile(message.round, message.trustee)), canonicalText(message));

const CEREMONY_KIND = "a ceremony's record";
export const ceremonyPath = (folder: string): string => join(folder, CEREMONY);
export const readCeremonyIfThere = (folder: string): Promise<Ceremony | undefined> =>
  readIfThere(ceremonyPath(folder), CEREMONY_KIND, Ceremony);
export const writeCeremony = (folder: string, ceremony: Ceremony): Promise<void> =>
  writeNewFile(ceremonyPath(folder), canonicalText(ceremony));

export const trialPath = (folder: string, trustee: number): string => join(folder, trialFile(trustee));

/** The trial openings there are, by number. */
export async function readTrialOpenings(
  folder: string,
  { trustees }: Ceremony,
): Promise<ReadonlyMap<number, TrialOpening>> {
  const openings = new Map<number, TrialOpening>();
  for (const place of trustees.keys()) {
    const opening = await readIfThere(trialPath(folder, place + 1), "an opening of the trial box", TrialOpening);
    if (opening !== undefined) openings.set(place + 1, opening);
  }
  return openings;
}
