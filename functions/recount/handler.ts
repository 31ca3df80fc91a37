import type { Context } from "aws-lambda";
import { contestRegionIds, isUnstated, phaseAt } from "#core/contest.ts";
import type { Election, ElectionDefinition } from "#core/election.ts";
import { type ContestTallies, type Disagreement, surpluses } from "#core/recount.ts";
import { RecountTask } from "#functions/recount/contract.ts";
import { missingFrom } from "#functions/recount/missing.ts";
import { logger } from "#functions/runtime/observability.ts";
import type { Elections } from "#storage/elections-table.ts";
import { contestKey } from "#storage/keys.ts";
import type { Tallies } from "#storage/tallies-table.ts";

/** What a recount found in one election. */
type Finding = Readonly<{
  /** Ballots in the box that were opened and counted. */
  ballots: number;
  /** Selections whose tally differs from the box. */
  disagreements: number;
}>;

export type RecountDependencies = Readonly<{
  elections: Elections;
  tallies: Pick<Tallies, "ofElection">;
  /** Counts every stored ballot of these elections, by contestKey. */
  countBox: (elections: readonly Election[]) => Promise<ContestTallies>;
  stillForMs: number;
  now: () => number;
  pause: (ms: number) => Promise<void>;
  tellOpen: (electionId: string, isOpen: boolean) => void;
  /** That an election's hours have come and its opening is not stated. */
  tellUnstated: (electionId: string) => void;
  tellFinding: (electionId: string, finding: Finding) => void;
}>;
export type RecountHandler = (event: unknown, context: Pick<Context, "getRemainingTimeInMillis">) => Promise<void>;

/** An election is recounted from its opening until this long after its closing, since a recount costs money. */
const WATCHED_AFTER_CLOSING_MS = 2 * 24 * 3_600_000;

/** Kept of an invocation's time to report the findings. */
const TIME_TO_TELL_MS = 20_000;

function isWatched(definition: ElectionDefinition, atMs: number): boolean {
  const phase = phaseAt(definition, atMs);
  return (
    phase !== "upcoming" && phase !== "cancelled" && atMs < Date.parse(definition.closesAt) + WATCHED_AFTER_CLOSING_MS
  );
}

const contestsOf = (definition: ElectionDefinition): readonly string[] =>
  contestRegionIds(definition).map((regionId) => contestKey(definition.electionId, regionId));

/**
 * Compares the tallies with the stored ballots while votes may still be coming in. Tallies are read before and after the box.
 * What they held before must be in the box; what is in the box must be in them once they stop changing. Ballots cast
 * meanwhile can hide a difference but never make one; once voting is over, the comparison is exact. Changes nothing.
 */
export function createRecountHandler(dependencies: RecountDependencies): RecountHandler {
  const { elections, tallies, countBox, stillForMs, now, pause, tellOpen, tellUnstated, tellFinding } = dependencies;

  const readTallies = async (watched: readonly Election[]): Promise<ContestTallies> => {
    const read = watched.map(async ({ definition }) =>
      [...(await tallies.ofElection(definition))].map(
        ([regionId, tally]) => [contestKey(definition.electionId, regionId), tally] as const,
      ),
    );
    return new Map((await Promise.all(read)).flat());
  };

  return async (event, context) => {
    const { task } = RecountTask.parse(event);
    const atMs = now();
    const watched = (await elections.list()).filter(({ definition }) => isWatched(definition, atMs));
    for (const election of watched) {
      const { electionId } = election.definition;
      tellOpen(electionId, phaseAt(election.definition, atMs) === "open");
      if (isUnstated(election, atMs)) tellUnstated(electionId);
    }
    if (task === "tell-open" || watched.length === 0) return;

    const before = await readTallies(watched);
    const box = await countBox(watched);
    const untilMs = now() + context.getRemainingTimeInMillis() - TIME_TO_TELL_MS;
    const { lasting, awaited } = await missingFrom(box, () => readTallies(watched), {
      stillForMs,
      untilMs,
      now,
      pause,
    });
    const found = [...surpluses(before, box), ...lasting];

    for (const { definition } of watched) {
      const contests = new Set(contestsOf(definition));
      const here = (all: readonly Disagreement[]) => all.filter(({ contest }) => contests.has(contest));
      const ballots = [...box]
        .filter(([contest]) => contests.has(contest))
        .reduce((sum, [, tally]) => sum + [...tally.values()].reduce((a, b) => a + b, 0), 0);
      const disagreements = new Set(here(found).map(({ contest, interpretation }) => `${contest} ${interpretation}`))
        .size;
      tellFinding(definition.electionId, { ballots, disagreements });
      const told = { election: definition.electionId, ballots, disagreements, notCountedYet: here(awaited).length };
      if (disagreements > 0) logger.error("the tallies are not what the ballot box says", told);
      else logger.info("the tallies agree with the ballot box", told);
    }
  };
}
