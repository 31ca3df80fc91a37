import { createHash, randomBytes } from "node:crypto";
import { readBundleFile } from "#admin/certification/bundle-files.ts";
import { ceremonyFolderIn } from "#admin/trustees/bundle/file-names.ts";
import { readClosed } from "#admin/trustees/close.ts";
import { readFolder, readTrialOpenings } from "#admin/trustees/folder.ts";
import { messageFile } from "#admin/trustees/message-file.ts";
import type { ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { type CheckGroup, oneCheck, orFaults, type Told, tell } from "#admin/trustees/verify/told.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { isSignedMessage, type Message, messagesDigest, ROUNDS } from "#core/trustees/ceremony/message.ts";
import { proposalDigest } from "#core/trustees/ceremony/proposal.ts";
import { ceremonyDigest, ceremonyFaults } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { isOwnTrial, isRehearsed, type TrialOpening } from "#core/trustees/ceremony/rehearsal.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import type { RandomBytes } from "#core/trustees/group.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Checking how trustees made the key: whoever could make it alone could open all ballots. */

const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

const sha256Base64Url = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64url");

const nameOf = ({ trustees }: Ceremony, number: number): string => `trustee ${number}, ${trustees[number - 1]?.name}`;

async function signaturesCheck(bundle: ReadBundle): Promise<Told> {
  const ceremony = await bundle.ceremony();
  const faults = ceremonyFaults(nodeTrustees.verify, ceremony);
  const { threshold, trustees, mixes } = ceremony;
  return orFaults(
    [
      ...(faults?.unsigned ?? []).map((number) => `not signed by ${nameOf(ceremony, number)}`),
      ...(faults?.isOneKey === false ? ["the trustees' keys do not make the public key"] : []),
    ],
    `signed by all ${trustees.length} trustees: any ${threshold} open the box, after ${mixes} have mixed it`,
  );
}

/**
 * What is cheap to see: that the messages are those of which the record holds the hash, and the proposal and the question are theirs. Undefined
 * where nothing is wrong.
 */
async function strayFile(bundle: ReadBundle, folder: string): Promise<string | undefined> {
  const ceremony = await bundle.ceremony();
  const digest = toBase64Url(proposalDigest(await bundle.proposal()));
  const question = await readBundleFile(folder, "question.json");
  if (question === undefined || sha256Base64Url(question) !== ceremony.ballotDigest) {
    return "question.json is not what the trustees agreed to";
  }
  const messages: Message[] = [];
  for (const round of ROUNDS) {
    for (const [place, { signingKey }] of ceremony.trustees.entries()) {
      const name = messageFile(round, place + 1);
      const message = await bundle.message(round, place + 1);
      if (message.ceremony !== digest) return `${name} is not of the ceremony that was proposed`;
      if (!isSignedMessage(nodeTrustees.verify, signingKey, message)) return `${name}: its signature does not fit`;
      if (round < ROUNDS.length - 1) messages.push(message);
    }
  }
  const isRecorded = toBase64Url(messagesDigest(messages)) === ceremony.messages;
  return isRecorded ? undefined : "its messages are not those of the record";
}

/** Each message, and that the record follows from them: every dealing is checked anew. */
async function messagesCheck(bundle: ReadBundle): Promise<Told> {
  const folder = ceremonyFolderIn(bundle.folder);
  const stray = await strayFile(bundle, folder);
  if (stray !== undefined) return tell(false, stray);
  await readClosed(await readFolder(folder));
  return tell(true, "each message is its trustee's, and they lead to this key");
}

/** Openings of the trial box that lie beside the proof of the rehearsal, and are not in it. */
async function strayTrials(
  folder: string,
  ceremony: Ceremony,
  openings: readonly TrialOpening[],
): Promise<readonly string[]> {
  const proved = new Map(openings.map((opening) => [opening.trustee, canonicalJson(opening)]));
  const found = await readTrialOpenings(folder, ceremony);
  return [...found].flatMap(([trustee, opening]) =>
    proved.get(trustee) === canonicalJson(opening)
      ? []
      : [`the trial opening of trustee ${trustee} is not in rehearsal.json`],
  );
}

async function rehearsalCheck(bundle: ReadBundle): Promise<Told> {
  const [rehearsal, ceremony] = [await bundle.rehearsal(), await bundle.ceremony()];
  const { openings } = rehearsal;
  const isOwn = (opening: TrialOpening): boolean => isOwnTrial(nodeTrustees.verify, ceremony, opening.trustee, opening);
  const faults = [
    ...openings.flatMap((opening) => (isOwn(opening) ? [] : [`not signed by trustee ${opening.trustee}`])),
    ...(await strayTrials(ceremonyFolderIn(bundle.folder), ceremony, openings)),
  ];
  if (faults.length > 0 || isRehearsed(nodeTrustees.verify, ceremony, rehearsal, random)) {
    return orFaults(faults, `${openings.length} trustees opened a trial box before voting`);
  }
  return tell(false, "too few trustees opened the trial box, or one did not open it well");
}

const bare = (words: string): string =>
  words
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .trim()
    .replaceAll(/[\s,.;-]+/g, " ");

/** @param named the words as they were read aloud or stand on the ballot page, in either language */
async function wordsCheck(bundle: ReadBundle, named: string | undefined): Promise<Told> {
  const { en, fr } = wordsOf("ceremony", ceremonyDigest(recordIn(await bundle.ceremony())));
  const said = `${en} / ${fr}`;
  if (named === undefined) {
    return tell(undefined, `${said}: nothing shows that trustees and voters had these: name them with --words`);
  }
  const isSame = [en, fr].some((words) => bare(words) === bare(named));
  return tell(isSame, isSame ? `${said}, as expected` : `${said}: not the words that were named`);
}

/** That trustees and voters speak of the same election and question. */
async function questionCheck(bundle: ReadBundle): Promise<Told> {
  const ceremony = await bundle.ceremony();
  const definition = await bundle.definition();
  const { publicKey } = (await bundle.opening()).value.statement;
  return orFaults(
    [
      ...(definition.trust === "trustees" ? [] : ["the definition does not say that trustees hold the key"]),
      ...(ceremony.electionId === definition.electionId ? [] : [`the ceremony is of election ${ceremony.electionId}`]),
      ...(ceremony.ballotDigest === toBase64Url(ballotDigest(definition))
        ? []
        : ["the trustees agreed to another question than the one that was asked"]),
      ...(ceremony.publicKey === publicKey ? [] : ["ballots were made for another key than the trustees'"]),
    ],
    "trustees and voters had the same election, question and key",
  );
}

export const ceremonyGroups = (bundle: ReadBundle, words: string | undefined): readonly CheckGroup[] => [
  oneCheck("ceremony", () => signaturesCheck(bundle)),
  oneCheck("ceremony messages", () => messagesCheck(bundle)),
  oneCheck("six words", () => wordsCheck(bundle, words)),
  oneCheck("rehearsal", () => rehearsalCheck(bundle)),
  oneCheck("question", () => questionCheck(bundle)),
];
