import { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { MetricFilter } from "aws-cdk-lib/aws-logs";
import type { IConstruct } from "constructs";
import type { Recount } from "#infra/functions/recount.ts";
import { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import type { Tally } from "#infra/functions/tally.ts";
import type { OfficeQueue } from "#infra/office/office-queue.ts";
import type { DataStack } from "#infra/stacks/data-stack.ts";
import type { VotingStack } from "#infra/stacks/voting-stack.ts";
import type { Api } from "#infra/voting/api.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/** What to observe. Functions and tables are found, not listed, so that new ones are observed automatically. */
export type ObservedParts = Readonly<{
  api: Api;
  votesQueue: VotesQueue;
  officeQueue: OfficeQueue;
  functions: readonly ScrutinFunction[];
  tally: Tally;
  /** Undefined when the stage has no scheduled recount. */
  recount: Recount | undefined;
  tables: readonly TableV2[];
  /** Counts requests that the API throttled. */
  turnedAway: MetricFilter;
}>;

function within<Part>(scope: IConstruct, isPart: (found: IConstruct) => found is IConstruct & Part): readonly Part[] {
  return scope.node.findAll().filter(isPart);
}

export const observedParts = (data: DataStack, voting: VotingStack): Omit<ObservedParts, "turnedAway"> => ({
  api: voting.api,
  votesQueue: voting.queue,
  officeQueue: voting.officeQueue,
  functions: within(voting, (found): found is ScrutinFunction => found instanceof ScrutinFunction),
  tally: voting.tally,
  recount: voting.recount,
  tables: within(data, (found): found is TableV2 => found instanceof TableV2),
});
