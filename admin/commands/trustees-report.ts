import { isFirstRun, type Joined, writtenFiles } from "#admin/trustees/join.ts";
import type { NewTrustee } from "#admin/trustees/new-trustee.ts";
import type { Rehearsed } from "#admin/trustees/rehearse.ts";
import type { Proposal } from "#core/trustees/ceremony/proposal.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { type PublicTrustee, trusteeDigest } from "#core/trustees/ceremony/trustee.ts";
import { type Worded, wordsOf } from "#core/trustees/ceremony/words.ts";

/** What the commands of trustees say: what was done, whose turn it is, what to read aloud. */

function words(what: Worded, digest: Uint8Array): string {
  const { en, fr } = wordsOf(what, digest);
  return `  English   ${en}\n  français  ${fr}`;
}

const namesOf = (trustees: readonly { name: string }[], numbers: readonly number[]): string =>
  numbers.map((number) => trustees[number - 1]?.name ?? "").join(", ");

const trusteeWords = (trustee: PublicTrustee): string => words("trustee", trusteeDigest(trustee));

const listed = ({ trustees }: Proposal): string =>
  trustees.map((trustee, place) => `${place + 1}. ${trustee.name}\n${trusteeWords(trustee)}`).join("\n");

const terms = ({ electionId, threshold, mixes, trustees }: Proposal): string =>
  `election ${electionId}: any ${threshold} of ${trustees.length} trustees open the box, after ${mixes} of them have mixed it`;

export function describeNew(keyFile: string, { trustee, publicFile }: NewTrustee): string {
  return [
    `wrote ${keyFile}: keep it in two places, and the passphrase in a third; nobody can make it anew`,
    `wrote ${publicFile}: give it to the officer who opens the ceremony`,
    `${trustee.name}, read these words aloud when the trustees meet:`,
    trusteeWords(trustee),
  ].join("\n");
}

export function describeOpened(folder: string, proposal: Proposal): string {
  return [
    `opened a ceremony in ${folder}`,
    terms(proposal),
    "each trustee reads these words aloud, from its own screen; if a word differs, stop:",
    listed(proposal),
    `next: each trustee, in any order: scrutin trustee join ${folder} --key FILE`,
  ].join("\n");
}

export function describeJoined(joined: Joined): string {
  const { folder, number, turn } = joined;
  const { proposal } = folder;
  const { trustees } = proposal;
  const files = writtenFiles(joined);
  const did =
    files.length > 0
      ? `wrote ${files.join(", ")}: for all the others`
      : "wrote nothing: your messages so far are all there";
  const agreed = isFirstRun(joined)
    ? [
        `by this you agree to: ${terms(proposal)}`,
        "what voters are asked is in question.json. Each trustee reads its words aloud; if a word differs, stop:",
        listed(proposal),
      ]
    : [];
  const next =
    turn === undefined
      ? `all messages are there. Next: each trustee, with its own copy: scrutin ceremony close ${folder.folder}`
      : `round ${turn.round} of 3: now it is the turn of ${namesOf(trustees, turn.trustees)}`;
  const again =
    turn === undefined || turn.trustees.includes(number)
      ? []
      : [
          turn.round === 3
            ? "your part is done: close the ceremony once you have their files"
            : "then run the same command again, with their files in the folder",
        ];
  return [
    `${namesOf(trustees, [number])}, trustee ${number} of ${trustees.length}`,
    did,
    ...agreed,
    next,
    ...again,
  ].join("\n");
}

export function describeClosed(folder: string, ceremony: Ceremony): string {
  return [
    `${folder}/ceremony.json is signed by all ${ceremony.trustees.length} trustees`,
    "each trustee reads these words aloud, from its own screen; they stand on the ballot page too:",
    words("ceremony", ceremonyDigest(recordIn(ceremony))),
    "keep a copy of this folder with the key file: a box is opened with both",
    `next: each trustee: scrutin ceremony rehearse ${folder} --key FILE`,
  ].join("\n");
}

export function describeRehearsed(folder: string, { ceremony, rehearsal, number }: Rehearsed): string {
  const { trustees, threshold } = ceremony;
  const { opened, isDone } = rehearsal;
  const silent = trustees.flatMap((_, place) => (opened.includes(place + 1) ? [] : [place + 1]));
  const did = number === undefined ? [] : [`${namesOf(trustees, [number])} opened the trial box: this key works`];
  const state = isDone
    ? `the rehearsal is done: ${opened.length} of ${trustees.length} trustees opened the trial box, ${threshold} are needed`
    : `the rehearsal is not done: ${opened.length} of the ${threshold} trustees who are needed opened the trial box`;
  const left =
    silent.length === 0
      ? []
      : [
          `not yet: ${namesOf(trustees, silent)}. Who has lost the key file uses its copy; ${
            isDone
              ? "without it the election can be opened all the same, with fewer to spare"
              : `if fewer than ${threshold} keys are left, nobody could open the box: hold another ceremony before the polls open`
          }`,
        ];
  return [...did, state, ...left, ...(isDone ? [`the proof is in ${folder}/rehearsal.json`] : [])].join("\n");
}
