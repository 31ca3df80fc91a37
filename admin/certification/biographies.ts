import { join } from "node:path";
import { BUNDLE_FILES, linesOf } from "#admin/certification/bundle-files.ts";
import type { Check } from "#admin/certification/check.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { correctedBiographies } from "#core/corrections.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Biographies, textsNamedBy } from "#storage/biographies.ts";
import { biographyTexts } from "#storage/biographies-table.ts";
import { sha256Hex } from "#storage/definition-parts.ts";

/** The biographies in a bundle: what the definition names by its SHA-256. */

const AT_ONCE = 16;

/** The lines of the file. Throws Refusal when the table lacks a text. */
export async function* biographyLines(connection: Connection, definition: ElectionDefinition): AsyncGenerator<string> {
  const textOf = biographyTexts(connection.dynamodb, connection.biographiesTable);
  const named = [...textsNamedBy(definition)];
  for (let start = 0; start < named.length; start += AT_ONCE) {
    const texts = named.slice(start, start + AT_ONCE).map((sha256) => textOf(definition.electionId, sha256));
    yield* await Promise.all(texts);
  }
}

/** Whose biography was corrected from another text than the one that was fixed. */
function othersThan(before: ReturnType<typeof correctedBiographies>, fixed: Biographies): readonly string[] {
  return [...before].flatMap(([candidateId, [from]]) =>
    candidateId in fixed && canonicalJson(fixed[candidateId]) !== canonicalJson(from ?? null) ? candidateId : [],
  );
}

/** Whether the file has every text that the definition names, and nothing else; no check where it names none. */
export async function biographiesChecks(folder: string, definition: ElectionDefinition): Promise<readonly Check[]> {
  const named = textsNamedBy(definition);
  if (named.size === 0) return [];
  const missing = new Set(named);
  const foreign: number[] = [];
  const before = correctedBiographies(definition);
  const corrected = new Set<string>();
  let line = 0;
  for await (const text of linesOf(join(folder, BUNDLE_FILES.biographies))) {
    line++;
    const bytes = Buffer.from(text, "latin1");
    if (!missing.delete(sha256Hex(bytes))) foreign.push(line);
    else if (before.size > 0) {
      for (const candidateId of othersThan(before, Biographies.parse(JSON.parse(bytes.toString("utf8"))))) {
        corrected.add(candidateId);
      }
    }
  }
  const isTrue = missing.size === 0 && foreign.length === 0 && corrected.size === 0;
  return [
    {
      name: "biographies",
      isTrue,
      finding: {
        kind: "biographies",
        named: named.size,
        missing: missing.size,
        foreign: foreign.slice(0, 5),
        corrected: [...corrected],
      },
    },
  ];
}
