import { grouped } from "#admin/shared/grouped.ts";
import type { Bundle } from "#admin/trustees/bundle/bundle-folder.ts";
import type { MixDone } from "#admin/trustees/bundle/mix.ts";
import type { OpenDone } from "#admin/trustees/bundle/open.ts";
import { namesOf, turnsIn } from "#admin/trustees/bundle/turns.ts";

/** What the commands of a sealed box say: what was done, by whom, and whose turn it is. */

const ballots = ({ layout }: Bundle): string => `${grouped(layout.ballots)} ballot${layout.ballots === 1 ? "" : "s"}`;

/** Whose turn it is, and by which command. */
function nextIn(bundle: Bundle): readonly string[] {
  const { folder, ceremony } = bundle;
  const { mixesLeft, mayMix, openingsLeft, mayOpen } = turnsIn(bundle);
  if (mixesLeft > 0) {
    return [`now it is the turn of one of ${namesOf(ceremony, mayMix)}: scrutin trustee mix ${folder} --key FILE`];
  }
  if (openingsLeft > 0) {
    return [
      `now it is the turn of any ${openingsLeft} of ${namesOf(ceremony, mayOpen)}, at once: scrutin trustee open ${folder} --key FILE`,
    ];
  }
  return [
    `enough trustees have opened it. Next: the officer: scrutin certify ${ceremony.electionId} --bundle ${folder}`,
  ];
}

export function describeMixed({ bundle, number, mix }: MixDone): string {
  const { ceremony, folder } = bundle;
  return [
    `${namesOf(ceremony, [number])} mixed ${ballots(bundle)}: mix ${mix} of ${ceremony.mixes}`,
    `wrote mix-${mix}.bin and mix-${mix}.json into ${folder}: for all the others`,
    ...nextIn(bundle),
  ].join("\n");
}

export function describeOpenedBox({ bundle, number }: OpenDone): string {
  const { ceremony, folder } = bundle;
  return [
    `${namesOf(ceremony, [number])} opened ${ballots(bundle)} with its share, once all before it was verified`,
    `wrote opening-${number}.bin and opening-${number}.json into ${folder}: for the officer`,
    "keep the folder beside your key file that ends in .opened: it says which box was opened",
    ...nextIn(bundle),
  ].join("\n");
}

const SET_ASIDE_WORDS: Readonly<Record<Bundle["box"]["value"]["statement"]["setAside"][number]["why"], string>> = {
  unstamped: "that the system did not receive",
  malformed: "that is no ballot, or has another's tracking code",
  "not-on-roll": "whose key is not on the signed roll of its region",
  "repeated-key": "whose key has cast another before",
  unsigned: "that its voter did not sign",
  unproved: "without a proof for this voter and question",
};

function describeSetAside({ box }: Bundle): readonly string[] {
  const { setAside } = box.value.statement;
  const counts = new Map<keyof typeof SET_ASIDE_WORDS, number>();
  for (const { why } of setAside) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => `set aside: ${grouped(count)} ${SET_ASIDE_WORDS[why]}`);
}

export function describeSealed(bundle: Bundle): string {
  return [
    `sealed ${ballots(bundle)} of election ${bundle.ceremony.electionId} in ${bundle.folder}`,
    ...describeSetAside(bundle),
    `box.json has the SHA-256 ${bundle.box.sha256}: tell it to every trustee, who compares`,
    ...nextIn(bundle),
  ].join("\n");
}

/** Who has done what. */
export function describeBox(bundle: Bundle): string {
  const { ceremony, box } = bundle;
  const { mixed, opened } = turnsIn(bundle);
  return [
    `election ${ceremony.electionId}: ${ballots(bundle)} in the box, whose box.json has the SHA-256 ${box.sha256}`,
    ...describeSetAside(bundle),
    `mixed by ${mixed.length} of ${ceremony.mixes}${mixed.length === 0 ? "" : `: ${namesOf(ceremony, mixed)}`}`,
    `opened by ${opened.length} of ${ceremony.threshold}${opened.length === 0 ? "" : `: ${namesOf(ceremony, opened)}`}`,
    ...nextIn(bundle),
  ].join("\n");
}
