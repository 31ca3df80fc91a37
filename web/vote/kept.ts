import type { SealedBallot } from "#web/sealing.ts";

/**
 * What survives a reload, in the tab's own storage: for each election the unsealed mark, then the sealed envelope with its
 * one-time key, then the receipt. Never who the voter is. docs/adr/0022-what-a-reload-keeps.md says for how long, and why.
 */
export type Kept =
  | Readonly<{ kind: "mark"; regionId: string; selection: string }>
  | (SealedBallot & Readonly<{ kind: "sealed"; regionId: string }>)
  /** `received` where the server says that it received another ballot, until its voter has noted both codes. */
  | Readonly<{ kind: "receipt"; regionId: string; requestId: string; trackingCode: string; received?: string }>;

/** What was kept, and when, in milliseconds since 1970. */
export type KeptAt = Readonly<{ kept: Kept; atMs: number }>;

/** A mark is readable: kept only while a voter may be fetching their card. */
export const MARK_KEPT_MS = 10 * 60_000;
/** Neither tells the choice before the box is opened. */
export const SEALED_KEPT_MS = 60 * 60_000;

/** Occurs in no value. */
const BETWEEN = "|";

function restOf(kept: Kept): readonly string[] {
  switch (kept.kind) {
    case "mark":
      return [kept.selection];
    case "sealed":
      return [kept.trackingCode, kept.envelope, kept.oneTimeKey.publicKey, kept.oneTimeKey.privateKey];
    case "receipt":
      return [kept.trackingCode, kept.requestId, ...(kept.received === undefined ? [] : [kept.received])];
    default:
      return kept satisfies never;
  }
}

/** One line of text; readKept reads it back. */
export function writeKept({ kept, atMs }: KeptAt): string {
  const { kind, regionId } = kept;
  return [kind, atMs, regionId, ...restOf(kept)].join(BETWEEN);
}

function keptFrom([kind, , regionId, first, second, third, privateKey]: readonly string[]): Kept | undefined {
  if (regionId === undefined || first === undefined) return undefined;
  if (kind === "mark") return { kind, regionId, selection: first };
  if (second === undefined) return undefined;
  if (kind === "sealed" && third !== undefined && privateKey !== undefined) {
    return { kind, regionId, trackingCode: first, envelope: second, oneTimeKey: { publicKey: third, privateKey } };
  }
  if (kind !== "receipt") return undefined;
  const receipt = { kind, regionId, trackingCode: first, requestId: second } as const;
  return third === undefined ? receipt : { ...receipt, received: third };
}

/** Undefined when malformed or expired. */
export function readKept(text: string, nowMs: number): KeptAt | undefined {
  const parts = text.split(BETWEEN);
  const kept = keptFrom(parts);
  const atMs = Number(parts[1]);
  if (kept === undefined || !Number.isFinite(atMs)) return undefined;
  const isFresh = nowMs - atMs < (kept.kind === "mark" ? MARK_KEPT_MS : SEALED_KEPT_MS);
  return isFresh ? { kept, atMs } : undefined;
}

const PREFIX = "scrutin:";

/** None where the browser forbids it: voting works, a reload starts anew. */
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
    // Full or forbidden.
  }
}

/** Deletes what has expired. */
export function keptFor(electionId: string): KeptAt | undefined {
  const text = storage()?.getItem(PREFIX + electionId) ?? "";
  const found = readKept(text, Date.now());
  if (found === undefined) forget(electionId);
  return found;
}

export function forget(electionId: string): void {
  storage()?.removeItem(PREFIX + electionId);
}

export function keptElections(): readonly string[] {
  return Object.keys(storage() ?? {}).flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : []));
}
