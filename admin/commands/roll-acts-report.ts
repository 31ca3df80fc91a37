import { describeNewest } from "#admin/commands/election-report.ts";
import type { ActSummary } from "#admin/roll/acts.ts";
import type { ImportSummary } from "#admin/roll/import.ts";
import { grouped } from "#admin/shared/grouped.ts";
import type { Strike } from "#core/strike.ts";

/** Reports of what officers did to people on a roll. */

const LINES_TOLD = 20;

const people = (count: number): string => (count === 1 ? "1 person" : `${grouped(count)} people`);

const DONE: Readonly<Record<Strike, (count: number) => string>> = {
  reissued: (count) => `new codes for ${people(count)}; the old ones are void`,
  removed: (count) => `${people(count)} taken off the roll`,
  moved: (count) => `${people(count)} moved, with new codes; the old ones are void`,
  "voted-elsewhere": (count) => `recorded that ${people(count)} voted elsewhere`,
};

/** What an act did, and whom it left as they are. */
export function describeAct(electionId: string, summary: ActSummary, isOnePerson: boolean): string {
  const { strike, done, already, leftOut, newest, isByClaim } = summary;
  const tellDone = isByClaim && strike === "moved" ? (count: number) => `${people(count)} moved` : DONE[strike];
  const [left] = leftOut;
  if (isOnePerson && left !== undefined) return `election ${electionId}: nothing was changed: this person ${left.why}`;
  const more = leftOut.length - LINES_TOLD;
  return [
    `election ${electionId}: ${done.length === 0 ? "nothing was changed" : tellDone(done.length)}`,
    ...(already > 0 ? [`${people(already)}: done before`] : []),
    ...(leftOut.length > 0 ? [`left as they are: ${people(leftOut.length)}`] : []),
    ...leftOut.slice(0, LINES_TOLD).map(({ line, why }) => `  line ${line}: ${why}`),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
    ...(newest === undefined ? [] : [describeNewest(newest)]),
  ].join("\n");
}

export function describeAddition(electionId: string, { imported, alreadyThere, newest }: ImportSummary): string {
  return [
    `election ${electionId}: ${people(imported)} added to the roll${alreadyThere > 0 ? `, ${people(alreadyThere)} there already` : ""}`,
    ...(newest === undefined ? [] : [describeNewest(newest)]),
  ].join("\n");
}
