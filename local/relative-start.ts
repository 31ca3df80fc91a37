import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";
import { areAllClosed } from "#admin/elections/due.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { keptFolder } from "#infra/kept-folder.ts";
import { KEPT, valueHash } from "#infra/sources.ts";

/** What relative times count from: this start, or the first one with a data folder, so that a restart moves no election. */

const FirstStart = z.strictObject({ startedAt: z.iso.datetime() });

const fileIn = (dataFolder: string): string => join(dataFolder, "first-start.json");

/** When a system that keeps its data in this folder first started; now where it never did. Throws Refusal when that cannot be read. */
export async function startOf(dataFolder: string | undefined, nowMs = Date.now()): Promise<number> {
  if (dataFolder === undefined) return nowMs;
  try {
    const { startedAt } = FirstStart.parse(JSON.parse(await readFile(fileIn(dataFolder), "utf8")));
    return Date.parse(startedAt);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return nowMs;
    throw new EnglishRefusal(
      `${fileIn(dataFolder)}: cannot be read as {"startedAt": "2026-10-19T13:00:00Z"}, the first start with this folder. Write that time again, or name another folder in DATA_DIR.`,
    );
  }
}

/** Keeps a data folder's first start. */
export async function keepStart(dataFolder: string | undefined, startMs: number): Promise<void> {
  if (dataFolder === undefined) return;
  const file = fileIn(dataFolder);
  await writeFile(`${file}.new`, JSON.stringify({ startedAt: new Date(startMs).toISOString() }));
  await rename(`${file}.new`, file);
}

/** A folder with definitions in their order, whose times no longer count from a start: what the CDK app reads. */
export function resolvedDefinitions(definitions: readonly ElectionDefinition[]): Promise<string> {
  return keptFolder(
    join(KEPT, "definitions"),
    async () => valueHash(definitions),
    async (folder) => {
      const name = (index: number): string => join(folder, `${String(index).padStart(5, "0")}.json`);
      await Promise.all(definitions.map((each, index) => writeFile(name(index), JSON.stringify(each))));
    },
  );
}

/** That nothing is left to vote on in a data folder, a sentence; empty where there is, or nothing is kept. */
export async function closedNotes(connection: Connection, dataFolder: string | undefined): Promise<readonly string[]> {
  if (dataFolder === undefined || !(await areAllClosed(connection, Date.now()))) return [];
  return [
    "Every election in DATA_DIR has closed: certify them, or name another folder, from whose first start the demonstration’s times count.",
  ];
}
