import { LANGUAGES, type Language } from "#core/language.ts";
import { isTextName, type TextName } from "#web/texts/text-names.ts";

/** The path has the language, never a choice, a credential or a step. */
export type Route =
  | Readonly<{ page: "home" }>
  | Readonly<{ page: "vote"; electionId: string; regionId?: string }>
  /** Several questions in one visit, below an address that no election can have. */
  | Readonly<{ page: "paper"; paperId: string; regionId?: string | undefined }>
  | Readonly<{ page: "results"; electionId: string; regionId?: string }>
  | Readonly<{ page: "monitor" }>
  | Readonly<{ page: "check"; electionId?: string }>
  | Readonly<{ page: "text"; name: TextName }>
  | Readonly<{ page: "not-found" }>;

export type Location = Readonly<{ language: Language | undefined; route: Route }>;

function isLanguage(text: string | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The parts of a path, decoded; undefined when one is badly encoded. */
function partsOf(path: string): readonly string[] | undefined {
  try {
    return path
      .split("/")
      .filter((part) => part !== "")
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Reads a path such as `/fr/vote/L2025-001` or `/en/results/1/2`. A path without a language has none. */
export function readPath(path: string): Location {
  const parts = partsOf(path) ?? [];
  const language = isLanguage(parts[0]) ? parts[0] : undefined;
  const [page, electionId, regionId, ...beyond] = language === undefined ? parts : parts.slice(1);
  if (page === undefined && partsOf(path) !== undefined) return { language, route: { page: "home" } };
  if (page === "vote" && electionId === "paper" && regionId !== undefined && beyond.length < 2) {
    return { language, route: { page: "paper", paperId: regionId, regionId: beyond[0] } };
  }
  if ((page === "vote" || page === "results") && electionId !== undefined && beyond.length === 0) {
    return { language, route: regionId === undefined ? { page, electionId } : { page, electionId, regionId } };
  }
  if (page === "monitor" && electionId === undefined) return { language, route: { page } };
  if (page === "check" && regionId === undefined) {
    return { language, route: electionId === undefined ? { page } : { page, electionId } };
  }
  if (page !== undefined && isTextName(page) && electionId === undefined)
    return { language, route: { page: "text", name: page } };
  return { language, route: { page: "not-found" } };
}

/** Inverse of readPath; a missing page leads home. */
export function writePath(language: Language, route: Route): string {
  const parts: (string | undefined)[] = [language];
  if (route.page === "vote" || route.page === "results") parts.push(route.page, route.electionId, route.regionId);
  if (route.page === "paper") parts.push("vote", "paper", route.paperId, route.regionId);
  if (route.page === "monitor") parts.push(route.page);
  if (route.page === "check") parts.push(route.page, route.electionId);
  if (route.page === "text") parts.push(route.name);
  return `/${parts
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join("/")}`;
}
