import { LANGUAGES, type Language } from "#core/language.ts";

/** The addresses of the console: `/fr/office/elections/1/roll`. None ever has a token, a name or a credential. */

/** What is about one election. */
export const ELECTION_ROOMS = ["election", "editor", "roll", "polling", "closing"] as const;
export type ElectionRoom = (typeof ELECTION_ROOMS)[number];

export type OfficeRoute =
  | Readonly<{ room: "overview" | "elections" | "audit" }>
  | Readonly<{ room: ElectionRoom; electionId: string }>
  /** Where the provider leads back whoever signed in, or out: it knows these addresses, in each language, and no others. */
  | Readonly<{ room: "signed-in" | "signed-out" }>
  | Readonly<{ room: "not-found" }>;

/** What an election's address ends with. */
const ENDINGS = {
  election: undefined,
  editor: "edit",
  roll: "roll",
  polling: "polling",
  closing: "closing",
} as const satisfies Record<ElectionRoom, string | undefined>;

const PLAIN = ["elections", "audit", "signed-in", "signed-out"] as const;

const isLanguage = (text: string | undefined): text is Language => LANGUAGES.some((language) => language === text);

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

/** Reads a path of the console; English where it has no language. */
export function readOfficePath(path: string): Readonly<{ language: Language; route: OfficeRoute }> {
  const [first, area, name, electionId, ending, ...beyond] = partsOf(path) ?? [];
  const language = isLanguage(first) ? first : "en";
  const notFound = { language, route: { room: "not-found" } } as const;
  if (area !== "office" || beyond.length > 0) return notFound;
  if (name === undefined) return { language, route: { room: "overview" } };
  if (name === "elections" && electionId !== undefined) {
    const room = ELECTION_ROOMS.find((one) => ENDINGS[one] === ending);
    return room === undefined ? notFound : { language, route: { room, electionId } };
  }
  const room = PLAIN.find((one) => one === name);
  return room === undefined || electionId !== undefined ? notFound : { language, route: { room } };
}

/** Inverse of readOfficePath; a missing page leads to the overview. */
export function writeOfficePath(language: Language, route: OfficeRoute): string {
  const parts: readonly (string | undefined)[] =
    "electionId" in route
      ? ["elections", route.electionId, ENDINGS[route.room]]
      : [PLAIN.find((one) => one === route.room)];
  return `/${[language, "office", ...parts]
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join("/")}`;
}

export const isOfOffice = (path: string): boolean => /^\/(?:fr|en)\/office(?:\/|$)/.test(path);
