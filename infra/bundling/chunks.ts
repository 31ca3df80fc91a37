import { basename } from "node:path";

/**
 * Which of a graph's scripts a module goes into. A bundler by itself makes a file for each combination of parts that share a module,
 * and every file is a request.
 */

/** What a graph's script begins with: a ballot, the office's console, or anything else. */
export const AREAS = ["vote", "site", "office"] as const;
export type Area = (typeof AREAS)[number];

export type Modules = ReadonlyMap<
  string,
  Readonly<{ importedIds: readonly string[]; dynamicallyImportedIds: readonly string[] }>
>;

/** The name of a module's source, without its ending. */
export const sourceName = (id: string): string => basename(id).replace(/\.tsx?$/, "");

/** Parts that come at once: every voter sees a receipt and looks at the results, and a request costs more than their bytes. */
const AT_ONCE: Readonly<Record<Area, readonly string[]>> = {
  vote: ["results-page", "squares"],
  site: [],
  office: [],
};

/** What these share with others comes at once: readers look at any kind of results. */
const SHARING: Readonly<Record<Area, readonly string[]>> = {
  vote: [],
  site: ["results-page", "contest", "seats", "rounds", "files"],
  office: [],
};

function closureOf(modules: Modules, id: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const imported of modules.get(id)?.importedIds ?? []) closureOf(modules, imported, found);
  return found;
}

/** The modules that go into the file of a graph's entry, which the page loads. The bundler places the others. */
export function inFirstScript(modules: Modules, entry: string, area: Area): ReadonlySet<string> {
  const roots = new Set([...modules.values()].flatMap(({ dynamicallyImportedIds }) => dynamicallyImportedIds));
  const atOnce = new Set(closureOf(modules, entry));
  for (const root of roots) if (AT_ONCE[area].includes(sourceName(root))) closureOf(modules, root, atOnce);
  const needing = new Map<string, string[]>();
  for (const root of roots) {
    for (const id of closureOf(modules, root)) needing.set(id, [...(needing.get(id) ?? []), sourceName(root)]);
  }
  const isShared = (parts: readonly string[]): boolean =>
    parts.length > 1 && SHARING[area].some((part) => parts.includes(part));
  return new Set([...atOnce, ...[...needing].flatMap(([id, parts]) => (isShared(parts) ? [id] : []))]);
}
