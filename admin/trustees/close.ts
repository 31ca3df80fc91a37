import { refuseFaults } from "#admin/trustees/fault-texts.ts";
import {
  type CeremonyFolder,
  ceremonyPath,
  readCeremonyIfThere,
  readFolder,
  writeCeremony,
} from "#admin/trustees/folder.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { ceremonyFaults } from "#core/trustees/ceremony/record.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { ceremonyOf, turnIn } from "#core/trustees/ceremony/rounds.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** The end of a ceremony: its record, of the messages of all trustees. Anybody may close it, and each trustee does in its own copy. */

const names = (folder: CeremonyFolder, numbers: readonly number[]): string =>
  numbers.map((number) => folder.proposal.trustees[number - 1]?.name ?? "").join(", ");

/** The record that follows from a folder's messages. Throws Refusal when one is missing or wrong. */
export function recordedIn(folder: CeremonyFolder): Ceremony {
  const { folder: path, proposal, checked } = folder;
  refuseFaults(path, proposal, checked.faults);
  const turn = turnIn(checked.messages);
  if (turn !== undefined) {
    throw new EnglishRefusal(
      `${path}: the ceremony is not whole. In round ${turn.round} there is nothing of ${names(folder, turn.trustees)}: scrutin trustee join ${path} --key FILE.`,
    );
  }
  const ceremony = ceremonyOf(proposal, checked.messages);
  if (ceremonyFaults(nodeTrustees.verify, ceremony) !== undefined) {
    throw new Error("a record of messages that were checked has a fault");
  }
  return ceremony;
}

/** The record of a closed ceremony, as its messages have it. Throws Refusal when there is none, or another. */
export async function readClosed(folder: CeremonyFolder): Promise<Ceremony> {
  const ceremony = recordedIn(folder);
  const path = ceremonyPath(folder.folder);
  const there = await readCeremonyIfThere(folder.folder);
  if (there === undefined) {
    throw new EnglishRefusal(`${path}: there is no such file. scrutin ceremony close ${folder.folder} writes it.`);
  }
  requireSame(path, there, ceremony);
  return ceremony;
}

function requireSame(path: string, there: Ceremony, ceremony: Ceremony): void {
  if (canonicalJson(there) === canonicalJson(ceremony)) return;
  throw new EnglishRefusal(
    `${path}: this is not the record that follows from the messages beside it. Do not use it: take it away, close again, and find out who wrote it.`,
  );
}

/** Closes a ceremony, or says again how it was closed. Throws Refusal when it cannot be. */
export async function closeCeremony(path: string): Promise<Ceremony> {
  const ceremony = recordedIn(await readFolder(path));
  const there = await readCeremonyIfThere(path);
  if (there === undefined) await writeCeremony(path, ceremony);
  else requireSame(ceremonyPath(path), there, ceremony);
  return ceremony;
}
