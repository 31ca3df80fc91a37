import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Contest } from "#load/rehearsal/contests/contest.ts";
import { EVERYWHERE } from "#load/rehearsal/contests/contest.ts";
import type { Diary } from "#load/rehearsal/diary.ts";
import { found, type Scrutin } from "#load/rehearsal/officer.ts";
import { enrolledIn, type Person, writeRoll } from "#load/rehearsal/town.ts";

/** The days before: definitions, and rolls from spreadsheets. */

type Office = Readonly<{ folder: string; diary: Diary; scrutin: Scrutin }>;

export type Times = Readonly<{ opensAt: string; closesAt: string }>;

export const timesOf = (opensAtMs: number, closesAtMs: number): Times => ({
  opensAt: new Date(opensAtMs).toISOString(),
  closesAt: new Date(closesAtMs).toISOString(),
});

/** Writes definitions' files and registers them together. */
export async function apply(
  { folder, diary, scrutin }: Office,
  contests: readonly Pick<Contest, "electionId" | "definition">[],
  times: Times,
  mustBe: "registered" | "changed",
): Promise<void> {
  const files = contests.map(({ electionId }) => `${electionId}.json`);
  for (const [index, { electionId, definition }] of contests.entries()) {
    await writeFile(join(folder, files[index] ?? ""), JSON.stringify({ electionId, ...definition, ...times }, null, 2));
  }
  const printed = await scrutin(["election", "apply", ...files]);
  for (const { electionId } of contests) {
    diary.must(`${electionId}: applied`, mustBe, found(printed, new RegExp(`election ${electionId}: (\\w+)`)));
  }
}

type Rolled = Pick<Contest, "electionId" | "roll">;

/** Imports a roll into a contest, or into all questions of a paper, which the first stands for. */
export async function importRoll(
  { folder, diary, scrutin }: Office,
  contest: Rolled,
  town: readonly Person[],
  paper?: string,
): Promise<void> {
  const into = paper === undefined ? ["--election", contest.electionId] : ["--paper", paper];
  const file = `roll-of-${into[1]}.csv`;
  const rows = [...enrolledIn(contest, town)].flatMap(([regionId, people]) =>
    people.map((person) => ({ ...person, regionId: regionId === EVERYWHERE ? "" : regionId })),
  );
  await writeRoll(join(folder, file), rows);
  const printed = await scrutin(["roll", "import", file, ...into]);
  const imported = [...printed.matchAll(/imported (\d+)/g)].map(([, rows]) => rows);
  const mustBe = Array.from({ length: paper === undefined ? 1 : 3 }, () => rows.length);
  diary.must(`${into[1]}: imported`, mustBe.join(", "), imported.join(", "));
}

/** A spreadsheet with one person twice, and a number that lost its zero: told by line, and nobody is entered. */
export async function importFaults(
  { folder, diary, scrutin }: Office,
  electionId: string,
  town: readonly Person[],
): Promise<void> {
  const [one, other] = town;
  if (one === undefined || other === undefined) throw new Error("the town is empty");
  const rows = [one, { nas: one.nas, code: other.code }, { nas: one.nas.slice(1), code: one.code }];
  await writeRoll(
    join(folder, "faults.csv"),
    rows.map((row) => ({ ...row, regionId: "east" })),
  );
  const printed = await scrutin(["roll", "import", "faults.csv", "--election", electionId], { exitCode: 1 });
  diary.note(printed.trim());
  for (const line of [3, 4])
    diary.must(`line ${line} is told`, `line ${line}`, found(printed, new RegExp(`line ${line}\\b`)));
}
