/**
 * What survives a reload, in the tab's own storage: for each election the unsealed mark, then the sealed envelope, then the
 * receipt. Never who the voter is. docs/adr/0022-what-a-reload-keeps.md says for how long, and why.
 */
export type Kept =
  | Readonly<{ kind: "mark"; regionId: string; selection: string }>
  | Readonly<{ kind: "sealed"; regionId: string; envelope: string; trackingCode: string }>
  | Readonly<{ kind: "receipt"; regionId: string; requestId: string; trackingCode: string }>;

/** What was kept, and when, in milliseconds since 1970. */
export type KeptAt = Readonly<{ kept: Kept; atMs: number }>;

/** A mark is readable, so it is worth something only as long as a voter may be fetching their card. */
export const MARK_KEPT_MS = 10 * 60_000;
/** Neither an envelope nor a receipt tells the choice before the box is opened. */
export const SEALED_KEPT_MS = 60 * 60_000;

/** No identifier, selection, envelope, code or request id has this sign in it. */
const BETWEEN = "|";

/** One line of text; readKept reads it back. */
export function writeKept({ kept, atMs }: KeptAt): string {
  const { kind, regionId } = kept;
  const rest =
    kind === "mark" ? [kept.selection] : [kept.trackingCode, kind === "sealed" ? kept.envelope : kept.requestId];
  return [kind, atMs, regionId, ...rest].join(BETWEEN);
}

function keptFrom([kind, , regionId, first, second]: readonly string[]): Kept | undefined {
  if (regionId === undefined || first === undefined) return undefined;
  if (kind === "mark") return { kind, regionId, selection: first };
  if (second === undefined) return undefined;
  if (kind === "sealed") return { kind, regionId, trackingCode: first, envelope: second };
  return kind === "receipt" ? { kind, regionId, trackingCode: first, requestId: second } : undefined;
}

/** Reads what writeKept wrote; undefined when it is anything else or has been kept too long. */
export function readKept(text: string, nowMs: number): KeptAt | undefined {
  const parts = text.split(BETWEEN);
  const kept = keptFrom(parts);
  const atMs = Number(parts[1]);
  if (kept === undefined || !Number.isFinite(atMs)) return undefined;
  const isFresh = nowMs - atMs < (kept.kind === "mark" ? MARK_KEPT_MS : SEALED_KEPT_MS);
  return isFresh ? { kept, atMs } : undefined;
}

const PREFIX = "scrutin:";

/** The tab's storage, or none where the browser forbids it: then a reload starts anew, and voting works all the same. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

export function keep(electionId: string, kept: Kept, atMs = Date.now()): void {
  try {
    storage()?.setItem(PREFIX + electionId, writeKept({ kept, atMs }));
  } catch {
    // Full or forbidden: as without storage.
  }
}

/** What is kept for an election. What has been kept too long is thrown away. */
export function keptFor(electionId: string): KeptAt | undefined {
  const text = storage()?.getItem(PREFIX + electionId) ?? "";
  const found = readKept(text, Date.now());
  if (found === undefined) forget(electionId);
  return found;
}

export function forget(electionId: string): void {
  storage()?.removeItem(PREFIX + electionId);
}

/** The elections for which something is kept. */
export function keptElections(): readonly string[] {
  return Object.keys(storage() ?? {}).flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : []));
}
