import type { Check } from "#admin/certification/check.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Refusal } from "#core/refusal.ts";

/** Checks that are made one after the other, each by its own name. */

/** A group of checks of one subject; mostly one. */
export type CheckGroup = Readonly<{ name: string; make(): Promise<readonly Check[]> }>;

/** What a check found; undefined where it could not be made. */
export type Told = Readonly<{ isTrue: boolean | undefined; words: string }>;

export const tell = (isTrue: boolean | undefined, words: string): Told => ({ isTrue, words });

export const checkOf = (name: string, { isTrue, words }: Told): Check => ({
  ...{ name, isTrue },
  finding: { kind: "told", words },
});

/** Holds, or what is wrong: the first few of many. */
export function orFaults(faults: readonly string[], words: string): Told {
  const [first, second, third, ...more] = faults;
  if (first === undefined) return tell(true, words);
  const few = [first, second, third].filter((fault) => fault !== undefined).join("; ");
  return tell(false, more.length === 0 ? few : `${few}; and ${more.length} more`);
}

/** A file that cannot be read makes its check fail, not the program. */
const faultOf = (error: unknown): string => {
  if (error instanceof Refusal || error instanceof EnglishRefusal) return error.message;
  return error instanceof Error ? `cannot be checked: ${error.message}` : "cannot be checked";
};

export const groupOf = (name: string, make: () => Promise<readonly Check[]>): CheckGroup => ({
  name,
  make: () => make().catch((error: unknown) => [checkOf(name, tell(false, faultOf(error)))]),
});

export const oneCheck = (name: string, make: () => Promise<Told>): CheckGroup =>
  groupOf(name, async () => [checkOf(name, await make())]);

/** As it is told to people: "1 ballot", "2 ballots". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
