import { Duration } from "aws-cdk-lib";
import { MathExpression, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import type { Config } from "#infra/config.ts";
import type { Alarms } from "#infra/observability/alarms.ts";
import type { ObservedParts } from "#infra/observability/observed-parts.ts";
import { measured, ofApi, ofFunction, ofTable, sumOf } from "#infra/observability/watched-metrics.ts";

/** When each alarm rings. What it then says is in alarm-texts.ts, what to do in docs/runbook.md. */

const OLDEST_MESSAGE_SECONDS = 120;
const COUNTING_BEHIND = Duration.minutes(5);
/** Of a hundred requests; one alone, among few, is not yet a failing system: three minutes of five must be above. */
const FAILING_PERCENT = 1;
const SILENCE = Duration.minutes(10);
/** Votes in an hour from which ten minutes without any are no chance: ten are expected in them (Poisson: 1 in 22,000). */
const LIVELY_VOTES = 60;

/** The functions that a vote needs; the others serve those who read. */
const ON_THE_WAY_OF_A_VOTE = ["submit", "validate", "tally", "vote-status"];

/** A metric alarm may hold at most ten metrics (CloudWatch API, PutMetricAlarm). */
const METRICS_PER_ALARM = 10;

export function watch(alarms: Alarms, config: Config, parts: ObservedParts): void {
  const { api, votesQueue, functions, tables, turnedAway } = parts;
  const minute = { period: Duration.minutes(1), statistic: "Maximum" };

  alarms
    .ring("DeadLetters", { metric: votesQueue.deadLetters.metricApproximateNumberOfMessagesVisible(minute), above: 0 })
    .ring("OldestMessage", {
      metric: votesQueue.queue.metricApproximateAgeOfOldestMessage(minute),
      above: OLDEST_MESSAGE_SECONDS,
    })
    .ring("RequestsFail", {
      metric: new MathExpression({
        expression: "100 * failed / requests",
        usingMetrics: { failed: ofApi(api, "5xx"), requests: ofApi(api, "Count") },
        period: Duration.minutes(1),
        label: "% 5xx",
      }),
      above: FAILING_PERCENT,
      of: [3, 5],
    })
    .ring("RequestsTurnedAway", { metric: turnedAway.metric({ statistic: "Sum", period: minute.period }), above: 0 });

  const all = [...functions.values()];
  const isOnTheWay = (name: string): boolean => ON_THE_WAY_OF_A_VOTE.includes(name);
  const throttled = (kind: "VotingThrottled" | "ReadingThrottled", names: readonly string[]): void => {
    const metrics = all.filter(({ node }) => names.includes(node.id)).map((fn) => ofFunction(fn, "Throttles"));
    for (let start = 0; start < metrics.length; start += METRICS_PER_ALARM) {
      const some = metrics.slice(start, start + METRICS_PER_ALARM);
      alarms.ring(kind, { metric: sumOf("m", some), above: 0, ...(start > 0 && { about: String(start) }) });
    }
  };
  throttled("VotingThrottled", [...functions.keys()].filter(isOnTheWay));
  throttled(
    "ReadingThrottled",
    [...functions.keys()].filter((name) => !isOnTheWay(name)),
  );
  for (const table of tables) {
    const events = [ofTable(table, "ReadThrottleEvents"), ofTable(table, "WriteThrottleEvents")];
    alarms.ring("TableThrottled", { metric: sumOf("m", events), above: 0, about: table.node.id });
  }

  const tally = functions.get("tally");
  if (tally === undefined) throw new Error("there is no function tally");
  alarms.ring("CountingBehind", {
    metric: ofFunction(tally, "IteratorAge", minute),
    above: COUNTING_BEHIND.toMilliseconds(),
  });

  const recount = functions.get("recount");
  if (recount !== undefined) watchWithRecount(alarms, config, ofFunction(tally, "IteratorAge", minute), recount);
}

/** The alarms that rest on what the scheduled recount tells: what it found, and where voting is open. */
function watchWithRecount(
  alarms: Alarms,
  config: Config,
  iteratorAge: ReturnType<typeof ofFunction>,
  recount: NonNullable<ReturnType<ObservedParts["functions"]["get"]>>,
): void {
  const submitted = { statistic: "Sum", label: "votes" };
  alarms
    .ring("TallyDisagrees", {
      // While counting is behind, ballots are missing because they are late: that alarm rings instead of this one.
      metric: new MathExpression({
        expression: `IF(FILL(age, 0) > ${COUNTING_BEHIND.toMilliseconds()}, 0, disagreements)`,
        usingMetrics: {
          age: iteratorAge,
          disagreements: measured(config, METRICS.disagreements, { statistic: "Maximum" }),
        },
        period: Duration.minutes(5),
      }),
      above: 0,
      // It says nothing between two recounts: what the last one said stands.
      missing: TreatMissingData.IGNORE,
    })
    .ring("RecountFails", { metric: ofFunction(recount, "Errors", { period: Duration.hours(1) }), above: 0 })
    .ringWhenAll("NoVotes", {
      Silent: {
        metric: new MathExpression({
          expression: "IF(FILL(open, 0) > 0 AND FILL(votes, 0) == 0, 1, 0)",
          usingMetrics: {
            open: measured(config, METRICS.votingOpen, { statistic: "Maximum" }),
            votes: measured(config, METRICS.submitted, submitted),
          },
          period: SILENCE,
        }),
        above: 0,
      },
      LivelyBefore: {
        metric: measured(config, METRICS.submitted, { ...submitted, period: Duration.hours(1) }),
        above: LIVELY_VOTES,
      },
    });
}
