import { createSecretKey, type KeyObject } from "node:crypto";
import type { Connection } from "#admin/connection/connection.ts";
import { stateRoll } from "#admin/elections/opening.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { requireCodes } from "#admin/roll/codeless.ts";
import { storeRollCounts } from "#admin/roll/counts.ts";
import { markChange } from "#admin/roll/import-marks.ts";
import type { NewCode } from "#admin/roll/new-codes.ts";
import { type Asked, type People, type Person, rollFinal } from "#admin/roll/people.ts";
import { strikeOff } from "#admin/roll/strike.ts";
import { describeAct } from "#admin/shared/act.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { phaseAt } from "#core/contest.ts";
import { hashedValues, withCode } from "#core/credential.ts";
import type { BilingualText } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Recorded, RollAct } from "#core/recorded-words.ts";
import { isOnRoll, type Strike } from "#core/strike.ts";
import { readStampKey, stampKeyLost } from "#storage/election-secrets.ts";
import { inFlight } from "#storage/in-flight.ts";
import { type RollEntry, readRoll } from "#storage/roll-scan.ts";
import { identityHash, voterHash } from "#storage/voter-hash.ts";

/**
 * An officer's acts on people who are on the roll: a new code, another region, off the roll, voted elsewhere. Each holds only for who
 * has not voted, and is signed with the roll that it leaves.
 */

/** Why a person's entry was left as it is. */
export type LeftOut = Readonly<{ line: number; why: string; french: string }>;

export type ActSummary = Readonly<{
  strike: Strike;
  done: readonly Person[];
  /** Struck off for the same reason before. */
  already: number;
  leftOut: readonly LeftOut[];
  codes: readonly NewCode[];
  /** Whether its voters sign in, and have no codes. */
  isByClaim?: true;
  /** SHA-256 of the change that was signed, in hexadecimal. */
  newest?: string;
  /** Why the roll could not be signed afterwards. */
  unsigned?: string;
}>;

export type ActOptions = Readonly<{
  /** Who is recorded as having done it. */
  who: string;
  reason?: string;
  atMs?: number;
  /** Draws a code; where somebody gets a new one. */
  drawCode?: (person: Person) => string;
  /** Keeps the new codes before any is good, so that none is lost. */
  keepCodes?: (codes: readonly NewCode[]) => Promise<void>;
  onProgress?: OnProgress;
}>;

export const COMMANDS: Readonly<Record<Strike, RollAct>> = {
  reissued: "reissue",
  removed: "remove",
  moved: "move",
  "voted-elsewhere": "voted-elsewhere",
};

const SINCE: Readonly<Record<Strike, BilingualText>> = {
  reissued: { en: "got a new code", fr: "a reçu un nouveau code" },
  removed: { en: "was taken off the roll", fr: "a été retirée de la liste" },
  moved: { en: "was moved to another region", fr: "a été déplacée dans une autre région" },
  "voted-elsewhere": { en: "voted elsewhere", fr: "a voté ailleurs" },
};

/** "was moved to another region (December 1, 2026 …)". */
const since = ({ en, fr }: BilingualText, at: string | undefined): BilingualText =>
  at === undefined
    ? { en, fr }
    : { en: `${en} (${formatInstant("en", at, "UTC")})`, fr: `${fr} (${formatInstant("fr", at, "UTC")})` };

const leftOutFor = (line: number, { en, fr }: BilingualText): LeftOut => ({ line, why: en, french: fr });

const IN_THAT_REGION = { en: "is in that region already", fr: "est déjà dans cette région" };
const NOT_BACK = {
  en: "was moved from that region, and cannot go back to it",
  fr: "a quitté cette région, et ne peut y revenir",
};
const NOBODY = { en: "is nobody on this roll", fr: "n’est pas sur cette liste" };
const TOO_LATE = {
  en: "could not be changed before voting closed",
  fr: "n’a pu être changée avant la fin du vote",
};
const HAS_VOTED = { en: "has voted", fr: "a déjà voté" };
const CHANGED = {
  en: "was changed by somebody else at this moment",
  fr: "vient d’être changée par quelqu’un d’autre",
};

const AT_ONCE = 16;

/** Whom an act can be done to, by what the roll says of them. */
type Judged = Readonly<{ person: Person; entries: readonly RollEntry[] }> | "already" | LeftOut | "nobody";

function judge(strike: Strike, person: Person, known: readonly RollEntry[], isByClaim: boolean): Judged {
  const { line, regionId } = person;
  const [latest] = [...known].sort((a, b) => (b.struckAt ?? "").localeCompare(a.struckAt ?? ""));
  if (latest === undefined) return "nobody";
  const entries = known.filter(({ struck }) => struck === undefined);
  if (entries.length === 0) {
    const { struck, struckAt } = known.find(isOnRoll) ?? latest;
    if (struck === strike) return "already";
    const { en, fr } = SINCE[struck ?? "removed"];
    return leftOutFor(line, since({ en, fr }, struckAt));
  }
  if (strike === "moved" && entries.every((entry) => entry.regionId === regionId)) {
    return leftOutFor(line, IN_THAT_REGION);
  }
  if (strike === "moved" && isByClaim && known.some((entry) => entry.regionId === regionId)) {
    return leftOutFor(line, NOT_BACK);
  }
  return { person, entries };
}

/** The entries of these people, by identity, those struck off among them. */
export async function entriesOf(
  connection: Connection,
  electionId: string,
  people: readonly Person[],
): Promise<ReadonlyMap<string, readonly RollEntry[]>> {
  const found = new Map<string, RollEntry[]>(people.map(({ identity }) => [identity, []]));
  await readRoll(connection, electionId, async (entries) => {
    for (const entry of entries) found.get(entry.identity ?? "")?.push(entry);
  });
  return found;
}

/** An act that is known to be possible, and nothing of it done. */
export type JudgedAct = Readonly<{
  asked: Asked;
  strike: Strike;
  people: People;
  stampKey: KeyObject;
  todo: readonly Readonly<{ person: Person; entries: readonly RollEntry[] }>[];
  already: number;
  leftOut: readonly LeftOut[];
  /** Who is not on the roll. */
  strangers: readonly Person[];
}>;

/** What an act would do to each of these people. Throws Refusal when the roll can no longer change. */
export async function judgeAct(
  connection: Connection,
  asked: Asked,
  strike: Strike,
  people: People,
  atMs = Date.now(),
): Promise<JudgedAct> {
  const { electionId } = asked.definition;
  if (strike === "reissued") requireCodes(asked.definition);
  const rawStampKey = await readStampKey(connection, electionId);
  if (rawStampKey === undefined) throw stampKeyLost(electionId);
  // Who was asked for may have been named before the closing.
  if (phaseAt(asked.definition, atMs) === "closed") {
    throw rollFinal(electionId);
  }
  const known = await entriesOf(connection, electionId, people.people);
  const judged = people.people.map((person) =>
    judge(strike, person, known.get(person.identity) ?? [], asked.definition.identity !== undefined),
  );
  return {
    ...{ asked, strike, people, stampKey: createSecretKey(rawStampKey) },
    todo: judged.filter((each) => typeof each === "object" && "entries" in each),
    already: judged.filter((each) => each === "already").length,
    leftOut: judged.filter((each): each is LeftOut => typeof each === "object" && "why" in each),
    strangers: people.people.filter((_, index) => judged[index] === "nobody"),
  };
}

/** Does what was judged. Who has voted, or is not on the roll, is left as they are, and told. */
export async function doAct(
  connection: Connection,
  { asked, strike, people: { people, source }, stampKey, todo, already, ...judged }: JudgedAct,
  { who, reason, atMs = Date.now(), drawCode, keepCodes, onProgress }: ActOptions,
): Promise<ActSummary> {
  const { definition, pepper: key } = asked;
  const { electionId } = definition;
  const begunMs = performance.now();
  const now = (): number => atMs + (performance.now() - begunMs);
  const isClosed = (): boolean => phaseAt(definition, now()) === "closed";
  const leftOut = [...judged.leftOut, ...judged.strangers.map(({ line }) => leftOutFor(line, NOBODY))];
  const isByClaim = definition.identity !== undefined;
  const replacements = new Map<Person, NewCode>();
  for (const { person, entries } of todo) {
    const regionId = person.regionId ?? entries[0]?.regionId ?? "";
    if (isByClaim && strike === "moved") replacements.set(person, { person, code: "", regionId });
    else if (!isByClaim && drawCode !== undefined)
      replacements.set(person, { person, code: drawCode(person), regionId });
  }
  /** Who is known by a single credential gets another identity with it. */
  const isSingle = definition.credentialFields.length === 1;
  const entryOf = ({ person, code, regionId }: NewCode): RollEntry => {
    const values = isByClaim ? person.values : withCode(definition.credentialFields, person.values, code);
    const identity = isSingle ? identityHash(key, values, electionId) : person.identity;
    return { hash: voterHash(key, hashedValues(definition, values, regionId), electionId), identity, regionId };
  };
  const done: Person[] = [];
  const summary = (signed: Pick<ActSummary, "newest" | "unsigned"> = {}): ActSummary => ({
    ...{ strike, done, already, ...signed },
    ...(isByClaim && { isByClaim }),
    leftOut: [...leftOut].sort((a, b) => a.line - b.line),
    codes: isByClaim ? [] : done.flatMap((person) => replacements.get(person) ?? []),
  });
  if (todo.length === 0) return summary();
  // It may have been cancelled since it was judged.
  await requireStored(connection, electionId);
  if (replacements.size > 0 && !isByClaim) await keepCodes?.([...replacements.values()]);

  const act = (count: number): Recorded => describeAct(`roll ${COMMANDS[strike]}`, count, source, reason);
  const ended = await markChange(connection, definition, { what: act(todo.length), who, atMs });
  await inFlight(todo, AT_ONCE, async ({ person, entries }) => {
    const renewed = replacements.get(person);
    const replacement = renewed && entryOf(renewed);
    if (isClosed()) {
      leftOut.push(leftOutFor(person.line, TOO_LATE));
      return;
    }
    const struck = { strike, at: new Date(now()).toISOString() };
    const outcome = await strikeOff(connection, {
      ...{ electionId, entries, struck, stampKey },
      ...(replacement !== undefined && { replacement }),
    });
    if (outcome === "struck") done.push(person);
    else {
      leftOut.push(leftOutFor(person.line, outcome === "has-voted" ? HAS_VOTED : CHANGED));
    }
    onProgress?.({ step: "changing", done: done.length + leftOut.length, total: people.length });
  });
  try {
    await storeRollCounts(connection, definition);
    const what = done.length === 0 ? {} : { what: act(done.length) };
    const stated = await stateRoll(connection, electionId, ended, { who, atMs: now(), ...what });
    // Another officer may have signed this act with their own.
    return summary(stated.newest === undefined || done.length === 0 ? {} : { newest: stated.newest });
  } catch (error) {
    // The new codes are good already, and nobody else has them.
    return summary({ unsigned: error instanceof Error ? error.message : String(error) });
  }
}
