import type { Bundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { formatInstant } from "#core/instant-words.ts";

/** Throws Refusal while voters may vote, by the definition in force and this machine's clock. */
export function requireClosed({ folder, definition }: Pick<Bundle, "folder" | "definition">, atMs: number): void {
  if (atMs >= Date.parse(definition.closesAt)) return;
  throw new EnglishRefusal(
    `${folder}: voting in election ${definition.electionId} closes ${formatInstant("en", definition.closesAt, definition.timeZone)}. Nobody mixes or opens its box before. If it is later than that, set this machine's clock.`,
  );
}
