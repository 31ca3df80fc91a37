import type { CredentialField } from "#core/election.ts";

/** What keeps a typed credential from fitting its field, so that its voter can be told. */

/** What a field takes: `least` to `most` of these. */
export type Needed = Readonly<{ least: number; most: number; of: "digits" | "letters" | "characters" }>;

export type CredentialFault = Readonly<
  | { kind: "missing" }
  /** Occurs nowhere in this field. */
  | { kind: "stray"; character: string }
  | { kind: "length"; typed: number }
  /** `place` is from 1, and one past the last where it lacks; `among` is what fits there: `["0-9", "A-F"]`, `["Q"]`. */
  | { kind: "misplaced"; place: number; among: readonly string[] }
  /** It has the form, but the character that checks the others does not fit them. */
  | { kind: "mistyped" }
>;

/** One character of a pattern. */
type Slot = Readonly<{ among: string; isOptional: boolean }>;

/** A pattern's characters and classes with their counts; core/election.ts says what it is made of. */
const PART = /\[([^\]]+)\]|([A-Z0-9])|\{(\d+)(?:,(\d+))?\}/g;

function slotsOf(pattern: string): readonly Slot[] {
  const slots: Slot[] = [];
  for (const [, characters, character, least, most] of pattern.matchAll(PART)) {
    const among = characters ?? character;
    if (among !== undefined) slots.push({ among, isOptional: false });
    else {
      const counted = slots.pop()?.among ?? "";
      for (let n = 0; n < Number(most ?? least); n++) slots.push({ among: counted, isOptional: n >= Number(least) });
    }
  }
  return slots;
}

const isAmong = (among: string, character: string): boolean => new RegExp(`[${among}]`, "u").test(character);

export function neededFor({ pattern }: Pick<CredentialField, "pattern">): Needed {
  const slots = slotsOf(pattern);
  const all = slots.map(({ among }) => among).join();
  return {
    least: slots.filter(({ isOptional }) => !isOptional).length,
    most: slots.length,
    of: !/[A-Z]/.test(all) ? "digits" : !/\d/.test(all) ? "letters" : "characters",
  };
}

/** The first character that cannot stand where it does, or the one that lacks at the end. */
function misplacedIn(slots: readonly Slot[], characters: readonly string[]): CredentialFault | undefined {
  /** Numbers of the slots that the next character may fill. */
  let next = [0];
  for (let place = 0; place <= characters.length; place++) {
    // What is optional may be passed over.
    for (const slot of next) if (slots[slot]?.isOptional === true && !next.includes(slot + 1)) next.push(slot + 1);
    const character = characters[place];
    if (character === undefined && next.includes(slots.length)) return undefined;
    const filled = next.filter((slot) => isAmong(slots[slot]?.among ?? "-", character ?? ""));
    if (filled.length === 0) {
      const among = next.flatMap((slot) => slots[slot]?.among.match(/.-.|./g) ?? []);
      return { kind: "misplaced", place: place + 1, among: [...new Set(among)] };
    }
    next = filled.map((slot) => slot + 1);
  }
  return undefined;
}

/** Of a value that does not fit its field, both as credential.ts decides. @param value normalised */
export function faultOf(field: Pick<CredentialField, "pattern">, value: string): CredentialFault {
  if (value === "") return { kind: "missing" };
  const slots = slotsOf(field.pattern);
  const characters = [...value];
  const { least, most } = neededFor(field);
  const stray = characters.find((character) => !slots.some(({ among }) => isAmong(among, character)));
  if (stray !== undefined) return { kind: "stray", character: stray };
  if (characters.length < least || characters.length > most) return { kind: "length", typed: characters.length };
  return misplacedIn(slots, characters) ?? { kind: "mistyped" };
}
