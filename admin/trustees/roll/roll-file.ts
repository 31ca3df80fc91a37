import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linesOf } from "#admin/certification/bundle-files.ts";
import { grouped } from "#admin/shared/grouped.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { fileState } from "#admin/spreadsheet/sheet.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import type { RollStatement } from "#core/trustees/roll/shape.ts";
import { isVoterKey } from "#core/trustees/roll/voter-key.ts";
import { lineSorter } from "#storage/line-sorting.ts";

/** `roll.txt`: a line `region,voterKey` for each voter, sorted, without names. */

/** What a roll comes to: voters by region, those of regions without any left out, and its root as an opening states it. */
export type RollFigures = Pick<RollStatement, "onRoll" | "rollRoot">;

const FAULTS_TOLD = 20;
/** `region,` and a key, of some 50 bytes. */
const BYTES_OF_LINE = 46;
const REPORTED_EVERY = 500;

/** The first characters of voter keys in base64url, in order. */
const ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

export type RollLine = Readonly<{ regionId: string; voterKey: string }>;

/** What a line says, of whatever form it is. */
export function readLine(text: string): RollLine {
  const comma = text.indexOf(",");
  return { regionId: text.slice(0, Math.max(0, comma)), voterKey: text.slice(comma + 1) };
}

/** Runs work with a sorter of lines that begin with voter keys; memory holds a sixty-fourth of them. */
export async function withKeySorter<T>(work: (sorter: ReturnType<typeof lineSorter>) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-keys-"));
  try {
    return await work(lineSorter(folder, "", ALPHABET));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function faultOf(text: string, before: string, regionIds: ReadonlySet<string>): string | undefined {
  const { regionId, voterKey } = readLine(text);
  if (!text.includes(",")) return "is no region and voter key";
  if (!regionIds.has(regionId)) return "names a region that the election does not have";
  if (!isVoterKey(voterKey))
    return "has no voter key: it is no point of Ed25519 in its one form, or one of small order";
  if (text === before) return "is the line before once more";
  return text < before ? "does not come after the line before: the lines are sorted" : undefined;
}

function refuse(file: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  const told = faults.slice(0, FAULTS_TOLD).map((fault) => `  ${fault}`);
  const more = faults.length > FAULTS_TOLD ? [`  and ${grouped(faults.length - FAULTS_TOLD)} more`] : [];
  throw new EnglishRefusal(
    [
      `${file}: this is not a roll as a registrar writes it. Ask the registrar for the file again:`,
      ...told,
      ...more,
    ].join("\n"),
  );
}

/** Reads a roll through, in constant memory. Throws Refusal, naming lines, for one that is bad or names a key twice. */
export async function readRollFile(
  file: string,
  definition: ElectionDefinition,
  onProgress?: OnProgress,
): Promise<RollFigures> {
  const { bytes } = await fileState(file);
  const regionIds = new Set(contestRegionIds(definition));
  const onRoll = new Map<string, number>();
  const faults: string[] = [];
  return withKeySorter(async (sorter) => {
    let [line, before] = [0, ""];
    try {
      for await (const text of linesOf(file)) {
        line++;
        const fault = faultOf(text, before, regionIds);
        before = text;
        if (fault !== undefined) {
          faults.push(`line ${line} ${fault}`);
          continue;
        }
        const { regionId, voterKey } = readLine(text);
        onRoll.set(regionId, (onRoll.get(regionId) ?? 0) + 1);
        await sorter.add(`${voterKey} ${regionId} ${line}`);
        if (line % REPORTED_EVERY === 0) {
          onProgress?.({ step: "reading", done: line, total: Math.max(line, Math.round(bytes / BYTES_OF_LINE)) });
        }
      }
    } finally {
      await sorter.close();
    }
    refuse(file, faults);
    if (line === 0) throw new EnglishRefusal(`${file}: there is nobody on this roll.`);
    const tree = merkleTree(sha256);
    let known: readonly string[] = [];
    for await (const sorted of sorter.sorted()) {
      const [voterKey = "", regionId = "", at = ""] = sorted.split(" ");
      if (voterKey === known[0]) faults.push(`lines ${known[1]} and ${at} have the same voter key`);
      known = [voterKey, at];
      tree.add(Buffer.from(`${voterKey} ${regionId}`));
    }
    refuse(file, faults);
    return { onRoll: Object.fromEntries(onRoll), rollRoot: Buffer.from(tree.root()).toString("hex") };
  });
}
