/** What one environment of `submit` has seen within the hour: in memory, by mark. */
export type RecentAttempts = Readonly<{
  /** Forgets everything when a new window starts. */
  startWindow(window: string): void;
  /** Counts an attempt from an address; returns how many there were, this one included. */
  countAttempt(address: string): number;
  /** How many different codes were tried for an identity. */
  codesTried(identity: string): number;
  wasTried(identity: string, hash: string): boolean;
  noteCode(identity: string, hash: string): void;
}>;

/** About 10 MB. Beyond this everything is forgotten, except what the table knows. */
const MOST_REMEMBERED = 50_000;
/** More codes than this change nothing, so they are not kept. */
const MOST_CODES = 16;

function forgetWhenFull(map: Map<string, unknown>): void {
  if (map.size >= MOST_REMEMBERED) map.clear();
}

export function recentAttempts(): RecentAttempts {
  let current = "";
  const attempts = new Map<string, number>();
  const codes = new Map<string, Set<string>>();
  return {
    startWindow(window) {
      if (window === current) return;
      current = window;
      attempts.clear();
      codes.clear();
    },
    countAttempt(address) {
      forgetWhenFull(attempts);
      const count = (attempts.get(address) ?? 0) + 1;
      attempts.set(address, count);
      return count;
    },
    codesTried: (identity) => codes.get(identity)?.size ?? 0,
    wasTried: (identity, hash) => codes.get(identity)?.has(hash) ?? false,
    noteCode(identity, hash) {
      forgetWhenFull(codes);
      const tried = codes.get(identity) ?? new Set();
      if (tried.size < MOST_CODES) tried.add(hash);
      codes.set(identity, tried);
    },
  };
}
