import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import type { Config } from "#infra/config.ts";
import type { Recount } from "#infra/functions/recount.ts";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import { Submit } from "#infra/functions/submit.ts";
import { Tally } from "#infra/functions/tally.ts";
import { Validate } from "#infra/functions/validate.ts";
import { VoteStatus } from "#infra/functions/vote-status.ts";
import type { Alarms } from "#infra/observability/alarms/alarms.ts";
import { measured, ofApi, ofFunction, ofTable, sumOf } from "#infra/observability/metrics.ts";
import type { ObservedParts } from "#infra/observability/observed-parts.ts";

/** When each alarm rings. Its words are in texts.ts, what to do about it in docs/runbook.md. */

const OLDEST_MESSAGE_SECONDS = 120;
const COUNTING_BEHIND = Duration.minutes(5);
/** In three minutes out of five, since one failure among few requests means little. */
const FAILING_PERCENT = 1;
/** How often `recount` tells where the opening is missing. */
const TOLD_EVERY = Duration.minutes(5);
const SILENCE = Duration.minutes(10);
/** Above 60 votes an hour, ten minutes without any are no coincidence (Poisson with mean 10: 1 in 22,000). */
const LIVELY_VOTES = 60;

/** The functions that voting needs; the others serve readers. */
const NEEDED_TO_VOTE = [Submit, Validate, Tally, VoteStatus];

/** AWS's limit (CloudWatch API, PutMetricAlarm). */
const METRICS_PER_ALARM = 10;

export function watch(alarms: Alarms, config: Config, parts: ObservedParts): void {
  const { api, votesQueue, officeQueue, functions, tally, recount, tables, turnedAway } = parts;
  const minute = { period: Duration.minutes(1), statistic: "Maximum" };
  const total = { period: Duration.minutes(1), statistic: "Sum" };

  alarms
    .ring("DeadLetters", { metric: votesQueue.deadLetters.metricApproximateNumberOfMessagesVisible(minute), above: 0 })
    .ring("OfficeJobsSetAside", {
      metric: officeQueue.deadLetters.metricApproximateNumberOfMessagesVisible(minute),
      above: 0,
    })
    .ring("OldestMessage", {
      metric: votesQueue.queue.metricApproximateAgeOfOldestMessage(minute),
      above: OLDEST_MESSAGE_SECONDS,
    })
    // A message that was received three times leaves the age of the oldest (SQS guide, "Available CloudWatch metrics"). Three
    // minutes, since what arrives at the end of one is decided in the next.
    .ring("NoneDecided", {
      metric: new MathExpression({
        expression: "IF(FILL(submitted, 0) + FILL(received, 0) > 0 AND FILL(decided, 0) == 0, 1, 0)",
        usingMetrics: {
          submitted: measured(config, METRICS.submitted),
          received: votesQueue.queue.metricNumberOfMessagesReceived(total),
          decided: votesQueue.queue.metricNumberOfMessagesDeleted(total),
        },
        period: total.period,
      }),
      above: 0,
      of: [3, 3],
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

  const isNeededToVote = (fn: ScrutinFunction): boolean => NEEDED_TO_VOTE.some((needed) => fn instanceof needed);
  const throttled = (kind: "VotingThrottled" | "ReadingThrottled", watched: readonly ScrutinFunction[]): void => {
    const metrics = watched.map((fn) => ofFunction(fn, "Throttles"));
    for (let start = 0; start < metrics.length; start += METRICS_PER_ALARM) {
      const some = metrics.slice(start, start + METRICS_PER_ALARM);
      alarms.ring(kind, { metric: sumOf("m", some), above: 0, ...(start > 0 && { about: String(start) }) });
    }
  };
  throttled("VotingThrottled", functions.filter(isNeededToVote));
  throttled(
    "ReadingThrottled",
    functions.filter((fn) => !isNeededToVote(fn)),
  );
  for (const table of tables) {
    const events = [ofTable(table, "ReadThrottleEvents"), ofTable(table, "WriteThrottleEvents")];
    alarms.ring("TableThrottled", { metric: sumOf("m", events), above: 0, about: table.node.id });
  }

  const iteratorAge = ofFunction(tally, "IteratorAge", minute);
  alarms.ring("UnstampedBallots", { metric: measured(config, METRICS.unstamped, { statistic: "Sum" }), above: 0 });
  alarms.ring("CountingBehind", { metric: iteratorAge, above: COUNTING_BEHIND.toMilliseconds() });
  if (recount !== undefined) watchRecount(alarms, config, recount, iteratorAge);
}

/** The alarms that need the scheduled recount: its findings, and which votes it says are open. */
function watchRecount(alarms: Alarms, config: Config, recount: Recount, iteratorAge: IMetric): void {
  const submitted = { statistic: "Sum", label: "votes" };
  alarms
    .ring("TallyDisagrees", {
      // While counting is behind, ballots are only late, and CountingBehind rings.
      metric: new MathExpression({
        expression: `IF(FILL(age, 0) > ${COUNTING_BEHIND.toMilliseconds()}, 0, disagreements)`,
        usingMetrics: {
          age: iteratorAge,
          disagreements: measured(config, METRICS.disagreements, { statistic: "Maximum" }),
        },
        period: Duration.minutes(5),
      }),
      above: 0,
      // The last recount's finding stands until the next.
      missing: TreatMissingData.IGNORE,
    })
    // Twice: stating a large roll takes minutes.
    .ring("OpeningMissing", {
      metric: measured(config, METRICS.unstated, { statistic: "Maximum", period: TOLD_EVERY }),
      above: 0,
      of: [2, 2],
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
