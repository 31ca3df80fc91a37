import { phaseAt } from "#core/contest.ts";
import { type CountAt, exactCount, publishedCount } from "#core/disclosure.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { advance, type PublishedState, stageAt } from "#core/published-state.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { isWorthWriting, type PublishedStates } from "#storage/published-table.ts";
import type { Tallies } from "#storage/tallies-table.ts";

export type PublishingDependencies = Readonly<{ tallies: Pick<Tallies, "ofElection">; published: PublishedStates }>;

/**
 * What may be shown of an election's counts now. Where they are shown in steps, whoever reads them publishes the next step
 * when it is due.
 */
export async function countToShow(
  { tallies, published }: PublishingDependencies,
  { definition, isOpened = false }: Pick<RegisteredElection, "definition" | "isOpened">,
  atMs: number,
): Promise<CountAt> {
  // What trustees opened is all there will be.
  if (isOpened || stageAt(definition, atMs) === "exact") {
    return exactCount(definition, await tallies.ofElection(definition, { isOpened }), atMs);
  }
  return publishedCount(definition, await publishedNow({ tallies, published }, definition, atMs), atMs);
}

async function publishedNow(
  { tallies, published }: PublishingDependencies,
  definition: ElectionDefinition,
  atMs: number,
): Promise<PublishedState> {
  const { electionId } = definition;
  // First the state and then the tallies, both consistently: a state that is published meanwhile overtakes this one.
  const before = await published.find(electionId);
  if (phaseAt(definition, atMs) === "upcoming") return before.state;
  const counted = await tallies.ofElection(definition, { isConsistent: true });
  const state = advance(definition, before.state, counted, atMs);
  if (!isWorthWriting(before, state, atMs)) return before.state;
  try {
    if ((await published.publish(electionId, before, state, atMs)) === "published") return state;
    return (await published.find(electionId)).state;
  } catch (error) {
    logFailure("the next count was not published", error);
    return before.state;
  }
}
