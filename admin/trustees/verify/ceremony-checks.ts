import { randomBytes } from "node:crypto";
import { ceremonyFolderIn } from "#admin/trustees/bundle/file-names.ts";
import { readClosed } from "#admin/trustees/close.ts";
import { readFolder } from "#admin/trustees/folder.ts";
import type { ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { type CheckGroup, oneCheck, orFaults, type Told, tell } from "#admin/trustees/verify/told.ts";
import { toBase64Url } from "#core/bytes.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { ceremonyDigest, ceremonyFaults } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { isRehearsed } from "#core/trustees/ceremony/rehearsal.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import type { RandomBytes } from "#core/trustees/group.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Checking how trustees made the key: whoever could make it alone could open all ballots. */

const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

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

/** Each message, and that the record follows from them. Slow: every dealing is checked anew. */
async function messagesCheck({ folder, ceremony }: ReadBundle): Promise<Told> {
  await ceremony();
  await readClosed(await readFolder(ceremonyFolderIn(folder)));
  return tell(true, "each message is its trustee's, and they lead to this key");
}

async function rehearsalCheck(bundle: ReadBundle): Promise<Told> {
  const { openings } = await bundle.rehearsal();
  const isDone = isRehearsed(
    nodeTrustees.verify,
    await bundle.ceremony(),
    { openings, format: "scrutin-rehearsal-1" },
    random,
  );
  return isDone
    ? tell(true, `${openings.length} trustees opened a trial box before voting`)
    : tell(false, "too few trustees opened the trial box, or one did not open it well");
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
