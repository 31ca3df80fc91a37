import type { Connection } from "#admin/connection/connection.ts";
import { type ActOptions, type ActSummary, doAct, judgeAct } from "#admin/roll/acts.ts";
import type { NewCode } from "#admin/roll/new-codes.ts";
import { type Asked, type People, type Person, refuseBad } from "#admin/roll/people.ts";
import { electionsNamed, type ForElection, forEachElection } from "#admin/shared/each-election.ts";
import { Refusal } from "#core/refusal.ts";
import type { Strike } from "#core/strike.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";
import { badRow } from "#spreadsheet/bad-row.ts";

/**
 * An officer's act on the roll of an election, or on those of a paper's questions: whoever gets a new code gets the same for all of
 * them. In each it holds for who has not voted in it.
 */

/** The same people, as each of the rolls has them. */
export type OnRolls = readonly Readonly<{ asked: Asked; people: People }>[];

const nameOf = ({ values }: Person): string => values.join("|");

export type ActedOn = Readonly<{
  summaries: readonly ForElection<ActSummary>[];
  codes: readonly NewCode[];
  /** Where it was refused after it was done on others, and its roll is as it was. */
  refused: readonly ForElection<string>[];
  /** Where something else went wrong after it was done on others: it may have been done there too. */
  failed: readonly ForElection<string>[];
}>;

/** A law has no regions to move to; its voters need the new code all the same. */
const strikeFor = (strike: Strike, { definition }: Asked): Strike =>
  strike === "moved" && definition.regions.length === 0 ? "reissued" : strike;

/** One code a person, with the region of a question that has regions. */
function joined(codes: readonly NewCode[]): readonly NewCode[] {
  const byName = new Map<string, NewCode>();
  for (const code of codes) {
    const name = nameOf(code.person);
    if ((byName.get(name)?.regionId ?? WHOLE_COUNTRY) === WHOLE_COUNTRY) byName.set(name, code);
  }
  return [...byName.values()];
}

/**
 * Does an act on each roll, one after the other. Throws Refusal, having changed nothing, when a roll can no longer change, or one of the
 * people is on none. What one refuses after that is told with what was done on the others, whose new codes are good already. Who is not on one of them, or has voted there, is left as they are there, and told.
 */
export async function actOnRolls(
  connection: Connection,
  all: OnRolls,
  strike: Strike,
  { drawCode, keepCodes, ...options }: ActOptions,
): Promise<ActedOn> {
  // Who signs in keeps nothing of a region on the roll of a law.
  const isLeft = ({ asked: { definition } }: OnRolls[number]): boolean =>
    strike === "moved" && definition.identity !== undefined && definition.regions.length === 0;
  const rolls = all.filter((roll) => !isLeft(roll));
  const electionIds = rolls.map(({ asked }) => asked.definition.electionId);
  const judged = await forEachElection(electionIds, async (_, index) => {
    const roll = rolls[index];
    if (roll === undefined) throw new Error("every election has a roll");
    return judgeAct(connection, roll.asked, strikeFor(strike, roll.asked), roll.people, options.atMs);
  });
  const strangersOn = judged.map(({ of }) => new Set(of.strangers.map(nameOf)));
  const [first] = rolls;
  const nobody = first?.people.people.filter((person) => strangersOn.every((names) => names.has(nameOf(person)))) ?? [];
  refuseBad(
    first?.people.source?.name,
    nobody.map(({ line }) =>
      badRow(line, [
        {
          en: `is not on the roll of ${electionsNamed(electionIds).en}`,
          fr: `n’est sur aucune liste (${electionIds.join(", ")})`,
        },
      ]),
    ),
  );
  const drawn = new Map<string, string>();
  const codeOf = (person: Person): string => {
    const code = drawn.get(nameOf(person)) ?? drawCode?.(person) ?? "";
    drawn.set(nameOf(person), code);
    return code;
  };
  const kept: NewCode[] = [];
  const summaries: ForElection<ActSummary>[] = [];
  const refused: ForElection<string>[] = [];
  const failed: ForElection<string>[] = [];
  for (const { electionId, of } of judged) {
    try {
      const summary = await doAct(connection, of, {
        ...options,
        ...(drawCode !== undefined && { drawCode: codeOf }),
        async keepCodes(codes) {
          kept.push(...codes);
          await keepCodes?.(joined(kept));
        },
      });
      summaries.push({ electionId, of: summary });
    } catch (error) {
      const isRefusal = error instanceof Refusal;
      if (!isRefusal && summaries.length === 0) throw error;
      (isRefusal ? refused : failed).push({ electionId, of: error instanceof Error ? error.message : String(error) });
      if (refused.length === judged.length) throw error;
    }
  }
  const good = failed.length > 0 ? kept : summaries.flatMap(({ of }) => of.codes);
  return { summaries, codes: joined(good), refused, failed };
}
