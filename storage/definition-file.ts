import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describeFaults } from "#core/definition-faults.ts";
import { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { paperFaults } from "#core/paper.ts";
import { Refusal } from "#core/refusal.ts";
import { withTimesFrom } from "#core/relative-times.ts";
import { encodingOf, lineOutsideUtf8 } from "#core/text-encoding.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";

/** Only Scrutin writes this field, into what it registers. */
function foreignFields(definition: ElectionDefinition): readonly string[] {
  return definition.votingMethod !== "referendum" && definition.biographies !== undefined
    ? ["biographies: is written by Scrutin and belongs in no file: give each candidate's bio in its place."]
    : [];
}

/**
 * Reads a definition from a JSON file. Throws Refusal with a sentence per fault: file, field and rule.
 * @param startMs what relative times count from; without it they are refused
 */
export async function readDefinition(file: string, startMs?: number): Promise<ElectionDefinition> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new EnglishRefusal(error.code === "ENOENT" ? `${file}: there is no such file.` : `${file}: cannot be read.`);
  });
  const encoding = encodingOf(bytes);
  if (encoding === "windows-1252") {
    throw new EnglishRefusal(
      `${file}, line ${lineOutsideUtf8(bytes)}: this is not UTF-8: save the file again in that encoding.`,
    );
  }
  const text = new TextDecoder(encoding).decode(bytes);
  let json: unknown;
  try {
    const written: unknown = JSON.parse(text);
    json = startMs === undefined ? written : withTimesFrom(written, startMs);
  } catch (error) {
    throw new EnglishRefusal(`${file}: this is not JSON: ${error instanceof Error ? error.message : "unreadable"}.`);
  }
  const parsed = ElectionDefinition.safeParse(json);
  const faults = [
    ...describeFaults(json),
    ...(parsed.success ? [...foreignFields(parsed.data), ...limitsExceeded(parsed.data).map(({ en }) => en)] : []),
  ];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new EnglishRefusal(faults.map((fault) => `${file}: ${fault}`).join("\n"));
}

/** Reads definitions, as `readDefinition` does. Throws Refusal with every fault of all of them, and of their papers. */
export async function readEachDefinition(
  files: readonly string[],
  startMs?: number,
): Promise<readonly ElectionDefinition[]> {
  const read = await Promise.allSettled(files.map((file) => readDefinition(file, startMs)));
  const failed = read.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const unforeseen = failed.find((reason) => !(reason instanceof Refusal));
  if (unforeseen !== undefined) throw unforeseen;
  const definitions = read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const placed = read.flatMap((one, index) =>
    one.status === "fulfilled" ? [{ file: files[index] ?? "", id: one.value.electionId }] : [],
  );
  const fileOf = (id: string): string => placed.find((one) => one.id === id)?.file ?? "";
  const repeated = placed.filter(({ file, id }) => fileOf(id) !== file);
  const faults = [
    ...failed.map(({ message }: Refusal) => message),
    ...repeated.map(({ file, id }) => `${file}: electionId: ${id} is that of ${fileOf(id)}.`),
    ...paperFaults(definitions).map(({ electionId, fault }) => `${fileOf(electionId)}: ${fault.en}`),
  ];
  if (faults.length > 0) throw new EnglishRefusal(faults.join("\n"));
  return definitions;
}

/** Names of the definitions in a folder, sorted: its JSON files except the editors' schema. Throws Refusal. */
export async function definitionFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => {
    throw new EnglishRefusal(`The folder of elections ${folder} cannot be read.`);
  });
  return names.filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json")).sort();
}

/** Every definition in a folder, in the order of their files. Throws Refusal that names file, field and rule of every fault. */
export async function readDefinitions(folder: string): Promise<readonly ElectionDefinition[]> {
  return readEachDefinition((await definitionFiles(folder)).map((name) => join(folder, name)));
}
