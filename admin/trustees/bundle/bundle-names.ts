import { BUNDLE_FILES } from "#admin/certification/bundle-files.ts";
import { messageFile } from "#admin/trustees/message-file.ts";
import { ROUNDS } from "#core/trustees/ceremony/message.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";

/** All files that a certified bundle may have, where trustees hold the key: those to publish, and to download. */

export const CEREMONY_RECORD = "ceremony/ceremony.json";

const { certificate, signature, opening, changes, biographies } = BUNDLE_FILES;

export function bundleNames({ trustees, mixes }: Ceremony): readonly string[] {
  const numbers = trustees.map((_, place) => place + 1);
  const both = (name: string): readonly string[] => [`${name}.bin`, `${name}.json`];
  const ofCeremony = [
    ...["proposal.json", "question.json", "rehearsal.json", "roll.json"],
    ...ROUNDS.flatMap((round) => numbers.map((number) => messageFile(round, number))),
    ...numbers.flatMap((number) => [`roll-trustee-${number}.json`, `trial-opening-trustee-${number}.json`]),
  ];
  return [
    ...[certificate, signature, opening, changes, biographies, CEREMONY_RECORD],
    ...ofCeremony.map((name) => `ceremony/${name}`),
    ...["roll.txt", "box.json", "box.jsonl"],
    ...Array.from({ length: mixes }, (_, place) => both(`mix-${place + 1}`)).flat(),
    ...numbers.flatMap((number) => both(`opening-${number}`)),
    "opened.bin",
  ];
}
