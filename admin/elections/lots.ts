import { requireSettled } from "#admin/certification/settled.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { recordSigned } from "#admin/elections/opening.ts";
import { requireStored } from "#admin/elections/registered.ts";
import type { RaceDefinition } from "#core/contest.ts";
import { candidateName, contestRegionIds, isSharedByAllRegions } from "#core/contest.ts";
import { withLot } from "#core/officers-acts.ts";
import type { Recorded } from "#core/recorded-words.ts";
import { Refusal } from "#core/refusal.ts";
import { countElection } from "#core/results.ts";
import { electedIn, type SeatOutcome, seatOf } from "#core/seats.ts";
import { changedMeanwhile, stateChange } from "#storage/election-changes.ts";
import type { StateChange } from "#storage/registered-elections.ts";
import { talliesTable } from "#storage/tallies-table.ts";

/** Lots drawn in public after closing, over ties that no rule breaks. */

export type LotOptions = Readonly<{
  /** Undefined for the only region, or for all regions together where they share their candidates. */
  regionId?: string;
  /** Ids of those tied, the first drawn first: the first wins, the last goes out. */
  order: readonly string[];
  witnesses: readonly string[];
  reason?: string;
  who: string;
  atMs?: number;
}>;

export type LotRecorded = Readonly<{
  record: StateChange;
  /** SHA-256 of the signed change, to be published. */
  newest: string;
  /** What the count comes to with this lot: perhaps another tie. */
  outcome: SeatOutcome;
}>;

/** The contest that the lot is for: a region's, or undefined for all together. Throws Refusal when there is no such one. */
function contestOf(definition: RaceDefinition, regionId: string | undefined): string | undefined {
  const regionIds = contestRegionIds(definition);
  const { electionId } = definition;
  if (regionId !== undefined) {
    if (regionIds.includes(regionId)) return regionId;
    throw new Refusal(
      `Election ${electionId} has no region ${regionId}: its regions are ${regionIds.join(", ")}.`,
      `L’élection ${electionId} n’a pas de région ${regionId}\u00a0: ses régions sont ${regionIds.join(", ")}.`,
    );
  }
  if (regionIds.length === 1) return regionIds[0];
  if (definition.votingMethod === "ranked_choice" && isSharedByAllRegions(definition)) return undefined;
  throw new Refusal(
    `Each region of election ${electionId} elects for itself: say which (--region).`,
    `Chaque région de l’élection ${electionId} élit pour elle-même\u00a0: dites laquelle.`,
  );
}

const nameOf = (candidateId: string, { candidates }: RaceDefinition): string => {
  const found = candidates.find((candidate) => candidate.candidateId === candidateId);
  return found === undefined ? candidateId : `${candidateId} (${candidateName(found)})`;
};

/** The tie at which a count stands, and what it is over; undefined where there is none. */
export function tieIn(outcome: SeatOutcome): Readonly<{ tied: readonly string[]; over: string }> | undefined {
  if (outcome.kind === "tie")
    return { tied: outcome.tied, over: outcome.over === "win" ? "the win" : "an elimination" };
  if (outcome.kind !== "several" || outcome.open === undefined) return undefined;
  const { tied, seats, over } = outcome.open;
  if (over === "elimination") return { tied, over: "an elimination" };
  return { tied, over: seats === 1 ? "the last seat" : `the last ${seats} seats` };
}

/**
 * Records a lot that was drawn in public over the tie at which a count stands. Throws Refusal before the box is complete, where there is
 * no tie, and unless the order names exactly those tied.
 */
export async function drawLot(
  connection: Connection,
  electionId: string,
  { regionId, order, witnesses, reason, who, atMs = Date.now() }: LotOptions,
): Promise<LotRecorded> {
  const stored = await requireStored(connection, electionId);
  const { definition, opening, isOpened } = stored.election;
  if (definition.votingMethod === "referendum") {
    throw new Refusal(
      `${electionId} is a law: no lot decides it.`,
      `${electionId} est un projet de loi\u00a0: aucun tirage au sort n’en décide.`,
    );
  }
  if (witnesses.length === 0 || witnesses.some((name) => name.trim() === "")) {
    throw new Refusal(
      "Name each person who watched the drawing (--witness).",
      "Nommez chaque personne qui a assisté au tirage.",
    );
  }
  if (opening === undefined) {
    throw new Refusal(
      `Nobody could vote in election ${electionId}: there is no tie.`,
      `Personne n’a pu voter dans l’élection ${electionId}\u00a0: il n’y a pas d’égalité.`,
    );
  }
  const contest = contestOf(definition, regionId);
  const where =
    contest === undefined
      ? { en: `election ${electionId}`, fr: `l’élection ${electionId}` }
      : {
          en: `region ${contest} of election ${electionId}`,
          fr: `la région ${contest} de l’élection ${electionId}`,
        };
  await requireSettled(connection, definition, atMs);

  const present = talliesTable(connection.dynamodb, connection.talliesTable);
  const tallies = await present.ofElection(definition, { isConsistent: true, isOpened });
  const outcomeOf = (counted: RaceDefinition): SeatOutcome => {
    const { byRegion, together } = countElection(counted, tallies);
    const count = contest === undefined ? undefined : byRegion.get(contest);
    return seatOf(counted, contest, count ?? together([...byRegion.values()]));
  };
  const before = outcomeOf(definition);
  if (before.kind === "no-ballots") {
    throw new Refusal(
      `Nobody has a vote in ${where.en}: there is no tie.`,
      `Personne n’a de voix dans ${where.fr}\u00a0: il n’y a pas d’égalité.`,
    );
  }
  const tie = tieIn(before);
  if (tie === undefined) {
    const names = electedIn(before)
      .map((id) => nameOf(id, definition))
      .join(", ");
    throw new Refusal(
      `There is no tie in ${where.en}: elected without a lot: ${names}.`,
      `Il n’y a pas d’égalité dans ${where.fr}\u00a0: élection sans tirage au sort de ${names}.`,
    );
  }
  const { tied, over: isOver } = tie;
  if (order.length !== tied.length || !tied.every((id) => order.includes(id))) {
    const names = tied.map((id) => nameOf(id, definition)).join(", ");
    throw new Refusal(
      `The tie over ${isOver} in ${where.en} is between ${names}: name each of them once, the first drawn first (--order).`,
      `Dans ${where.fr}, l’égalité est entre ${names}\u00a0: nommez chaque personne une fois, la première tirée d’abord.`,
    );
  }

  const lot = { regionId: contest ?? null, order: [...order], drawnAt: new Date(atMs).toISOString() };
  const after = withLot(definition, lot);
  const why = reason === undefined ? "reason not given" : `reason: ${reason}`;
  const what: Recorded = `lot drawn over ${isOver} in ${where.en}: ${order.join(", ")}; witnesses: ${witnesses.join(", ")}; ${why}`;
  const record = stateChange(what, { who, atMs });
  const watched = { witnesses: [...witnesses], by: who, ...(reason !== undefined && { reason }) };
  const newest = await recordSigned(connection, stored, opening, { kind: "lot", lot, ...watched }, record, {
    definition: after,
  });
  if (newest !== undefined) return { record, newest, outcome: outcomeOf(after) };
  throw changedMeanwhile(electionId);
}
