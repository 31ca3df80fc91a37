import { codesOf, inGroups } from "#admin/cards/codes.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { requirePaper } from "#admin/elections/paper.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { addWithNewCodes } from "#admin/roll/addition.ts";
import { requireCodes } from "#admin/roll/codeless.ts";
import type { NewCode } from "#admin/roll/new-codes.ts";
import { type ActedOn, actOnRolls, type OnRolls } from "#admin/roll/paper-acts.ts";
import { type Asked, askedOf, onePerson } from "#admin/roll/people.ts";
import { forEachElection } from "#admin/shared/each-election.ts";
import { Refusal } from "#core/refusal.ts";
import type { Strike } from "#core/strike.ts";

/** What is done to people on the roll of an election, or on those of a paper, for whoever asks: a terminal or the console. */

/** Who gets a new code. */
export const RENEWS: Readonly<Record<Strike, boolean>> = {
  reissued: true,
  moved: true,
  removed: false,
  "voted-elsewhere": false,
};

/** Throws Refusal for what none of these rolls knows: another region, or another code. */
export function requireMeaning(strike: Strike, asked: readonly Asked[]): void {
  if (strike === "moved" && asked.every(({ definition }) => definition.regions.length === 0)) {
    const ids = asked.map(({ definition }) => definition.electionId).join(", ");
    throw new Refusal(
      `${ids} is a law, put to the whole country: it has no regions to move to.`,
      `${ids} est une loi, soumise à tout le pays\u00a0: elle n’a pas de régions.`,
    );
  }
  if (strike === "reissued") for (const { definition } of asked) requireCodes(definition);
}

/** How a new code is drawn: the questions of a paper have the same credential fields. */
export function drawerFor([roll]: OnRolls): () => string {
  if (roll === undefined) throw new Error("an act is about an election");
  // Who signs in needs none.
  if (roll.asked.definition.identity !== undefined) return () => "";
  return codesOf(roll.asked.definition).draw;
}

/** The election and the other questions of its paper, whose voters have the same codes. */
export async function rollsOf(connection: Connection, electionId: string): Promise<readonly string[]> {
  const { definition } = await requireElection(connection, electionId, "see the list of elections");
  if (definition.paper === undefined) return [electionId];
  const questions = await requirePaper(connection, definition.paper);
  const ids = questions.map((question) => question.definition.electionId);
  return ids.includes(electionId) ? ids : [electionId];
}

/** One person, by what is typed for each column, as each of these rolls has them. */
async function personOn(asked: readonly Asked[], typed: ReadonlyMap<string, string>): Promise<OnRolls> {
  const electionIds = asked.map(({ definition }) => definition.electionId);
  const rolls = await forEachElection(electionIds, async (_, index) => {
    const about = asked[index];
    if (about === undefined) throw new Error("every election is asked about");
    return { asked: about, people: onePerson(about, typed) };
  });
  return rolls.map(({ of }) => of);
}

type Doing = Readonly<{ who: string; reason: string; atMs: number }>;

async function askedAbout(connection: Connection, electionIds: readonly string[], asksRegion: boolean, atMs: number) {
  const asked = await forEachElection(electionIds, (id) => askedOf(connection, id, { asksRegion, atMs }));
  return asked.map(({ of }) => of);
}

/** Strikes one person's code off, and gives a new one where that is meant. */
export async function actOnPerson(
  connection: Connection,
  electionIds: readonly string[],
  strike: Strike,
  typed: ReadonlyMap<string, string>,
  doing: Doing,
): Promise<ActedOn> {
  const asked = await askedAbout(connection, electionIds, strike === "moved", doing.atMs);
  requireMeaning(strike, asked);
  const rolls = await personOn(asked, typed);
  return actOnRolls(connection, rolls, strike, { ...doing, ...(RENEWS[strike] && { drawCode: drawerFor(rolls) }) });
}

/** Puts one person on the rolls, with a new code. */
export async function addPerson(
  connection: Connection,
  electionIds: readonly string[],
  typed: ReadonlyMap<string, string>,
  { onPartly, ...doing }: Doing & Readonly<{ onPartly: (codes: readonly NewCode[]) => void }>,
) {
  const rolls = await personOn(await askedAbout(connection, electionIds, true, doing.atMs), typed);
  return addWithNewCodes(connection, rolls, { ...doing, drawCode: drawerFor(rolls), onPartly });
}

/** As it is told: once, in groups. */
export const toldCode = ([renewed]: readonly NewCode[]): string | undefined =>
  renewed === undefined ? undefined : inGroups(renewed.code);
