import type { CodesFrom } from "#storage/guesses-table.ts";

/** What one environment of `submit` has seen within the hour: in memory, by mark. */
export type RecentAttempts = Readonly<{
  /** Forgets everything when a new window starts. */
  startWindow(window: string): void;
  /** How many different codes were tried for a number. */
  codesTried(number: string): number;
  /** When the decision on this code for this number is due, in milliseconds since 1970; undefined when it was not tried. */
  dueMs(number: string, hash: string): number | undefined;
  noteCode(number: string, hash: string, dueMs: number): void;
  /** Counts a code received from an address without waiting; the same one again is not counted. */
  noteAdmitted(address: string, hash: string): void;
  /** How many such codes the table of guesses has not been told of yet. */
  untold(address: string): number;
  /** What the table answered when it was told of `codes`, and when. */
  noteTold(address: string, codes: number, known: KnownFrom): void;
  knownFrom(address: string): KnownFrom | undefined;
}>;

export type KnownFrom = CodesFrom & Readonly<{ atMs: number }>;

/** About 10 MB. Beyond this everything is forgotten, except what the table knows. */
const MOST_REMEMBERED = 50_000;
/** More codes than this change nothing, so they are not kept. */
const MOST_CODES = 16;
/** So many of an address's last codes are recognized when they come again. */
const MOST_CODES_FROM = 5_000;

function forgetWhenFull(map: Map<string, unknown>): void {
  if (map.size >= MOST_REMEMBERED) map.clear();
}

type From = { readonly codes: Set<string>; untold: number; known: KnownFrom | undefined };

export function recentAttempts(): RecentAttempts {
  let current = "";
  const addresses = new Map<string, From>();
  const codes = new Map<string, Map<string, number>>();

  const from = (address: string): From => {
    const noted = addresses.get(address) ?? { codes: new Set<string>(), untold: 0, known: undefined };
    if (!addresses.has(address)) {
      forgetWhenFull(addresses);
      addresses.set(address, noted);
    }
    return noted;
  };

  return {
    startWindow(window) {
      if (window === current) return;
      current = window;
      addresses.clear();
      codes.clear();
    },
    codesTried: (number) => codes.get(number)?.size ?? 0,
    dueMs: (number, hash) => codes.get(number)?.get(hash),
    noteCode(number, hash, dueMs) {
      forgetWhenFull(codes);
      const tried = codes.get(number) ?? new Map<string, number>();
      if (tried.size < MOST_CODES) tried.set(hash, dueMs);
      codes.set(number, tried);
    },
    noteAdmitted(address, hash) {
      const noted = from(address);
      if (noted.codes.has(hash)) return;
      if (noted.codes.size >= MOST_CODES_FROM) noted.codes.clear();
      noted.codes.add(hash);
      noted.untold++;
    },
    untold: (address) => addresses.get(address)?.untold ?? 0,
    noteTold(address, told, known) {
      const noted = from(address);
      noted.untold -= told;
      noted.known = known;
    },
    knownFrom: (address) => addresses.get(address)?.known,
  };
}
