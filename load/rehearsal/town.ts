import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Contest } from "#load/rehearsal/contests/contest.ts";
import type { Scrutin } from "#load/rehearsal/officer.ts";
import type { Credential } from "#load/shared/ballots.ts";

/** The people of the town, with the codes that were mailed to them. */

export type Person = Credential;

export async function inventTown(scrutin: Scrutin, folder: string, people: number): Promise<readonly Person[]> {
  await scrutin(["roll", "generate", "--voters", String(people), "--regions", "1", "--out", "town.csv"]);
  const [, ...rows] = (await readFile(join(folder, "town.csv"), "utf8")).trim().split("\n");
  return rows.map((row) => {
    const [nas = "", code = ""] = row.split(",");
    return { nas, code };
  });
}

/** Who is on a contest's roll, by region. The same people are on the rolls of all contests. */
export function enrolledIn(
  { roll }: Pick<Contest, "roll">,
  town: readonly Person[],
): ReadonlyMap<string, readonly Person[]> {
  const enrolled = new Map<string, readonly Person[]>();
  let from = 0;
  for (const [regionId, people] of Object.entries(roll)) {
    enrolled.set(regionId, town.slice(from, from + people));
    from += people;
  }
  return enrolled;
}

/** A roll as a spreadsheet in French saves it: a byte order mark, semicolons, columns in another order, an empty row. */
export function writeRoll(file: string, rows: readonly (Person & Readonly<{ regionId: string }>)[]): Promise<void> {
  const lines = rows.map(({ nas, code, regionId }) => `${regionId};${nas};${code}\r\n`).join("");
  return writeFile(file, `\u{feff}Région;NAS;Code\r\n${lines};;\r\n`, { mode: 0o600 });
}

/** People by what says who they are. */
export function writePeople(
  file: string,
  people: readonly (Pick<Person, "nas"> & Readonly<{ regionId?: string }>)[],
): Promise<void> {
  const asksRegion = people.some(({ regionId }) => regionId !== undefined);
  const rows = people.map(({ nas, regionId }) => (asksRegion ? `${nas},${regionId}` : nas));
  return writeFile(file, `${asksRegion ? "nas,region_id" : "nas"}\n${rows.join("\n")}\n`, { mode: 0o600 });
}

/** The codes that an act wrote to a file, by NAS. */
export async function readCodes(file: string): Promise<ReadonlyMap<string, string>> {
  const [header = "", ...rows] = (await readFile(file, "utf8")).replaceAll("\r", "").trim().split("\n");
  const columns = header.replace("\u{feff}", "").split(",");
  const [nas, code] = [columns.indexOf("nas"), columns.indexOf("code")];
  return new Map(rows.map((row) => row.split(",")).map((cells) => [cells[nas] ?? "", cells[code] ?? ""]));
}
