import { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { MetricFilter } from "aws-cdk-lib/aws-logs";
import type { IConstruct } from "constructs";
import { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import type { DataStack } from "#infra/stacks/data-stack.ts";
import type { VotingStack } from "#infra/stacks/voting-stack.ts";
import type { Api } from "#infra/voting/api.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/** Everything there is to observe. Found, not listed: a function or table that is added is watched from its first day. */
export type ObservedParts = Readonly<{
  api: Api;
  votesQueue: VotesQueue;
  functions: ReadonlyMap<string, ScrutinFunction>;
  tables: readonly TableV2[];
  /** Counts requests that the API turned away. */
  turnedAway: MetricFilter;
}>;

function within<Part>(scope: IConstruct, isPart: (found: IConstruct) => found is IConstruct & Part): readonly Part[] {
  return scope.node.findAll().filter(isPart);
}

export function observedParts(data: DataStack, voting: VotingStack): Omit<ObservedParts, "turnedAway"> {
  const functions = within(voting, (found): found is ScrutinFunction => found instanceof ScrutinFunction);
  return {
    api: voting.api,
    votesQueue: voting.queue,
    functions: new Map(functions.map((found) => [found.node.id, found])),
    tables: within(data, (found): found is TableV2 => found instanceof TableV2),
  };
}
