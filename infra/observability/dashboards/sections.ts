import { Duration } from "aws-cdk-lib";
import { AlarmStatusWidget, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Language } from "#core/language.ts";
import { METRICS, type MetricName } from "#functions/runtime/metrics-contract.ts";
import { type Config, SITE_REGION } from "#infra/config.ts";
import { JOBS_PER_REQUEST } from "#infra/functions/office-work.ts";
import type { Alarms } from "#infra/observability/alarms/alarms.ts";
import { ALARM_TEXTS } from "#infra/observability/alarms/texts.ts";
import { costSoFar, type PricedQueue } from "#infra/observability/dashboards/cost.ts";
import { FULL_WIDTH, graphs, type Row, text, totals } from "#infra/observability/dashboards/widgets.ts";
import type { DashboardWords } from "#infra/observability/dashboards/words.ts";
import { measured, measuredBy, ofApi, ofFunction, ofTable, sumOf, weightedSum } from "#infra/observability/metrics.ts";
import type { ObservedParts } from "#infra/observability/observed-parts.ts";
import { sentAway } from "#infra/observability/turned-away.ts";
import type { OfficeQueue } from "#infra/office/office-queue.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/** The sections of the dashboard, from top to bottom. */

export type Page = Readonly<{
  config: Config;
  parts: ObservedParts;
  alarms: Alarms;
  language: Language;
  words: DashboardWords;
}>;

type Section = (page: Page) => Row[];

const period = Duration.minutes(5);
const maximum = { statistic: "Maximum", period: Duration.minutes(1) };

/** A count over all elections. */
const count = ({ config }: Page, name: MetricName, label: string): IMetric => measured(config, name, { label, period });
const percentiles = (draw: (statistic: string) => IMetric): readonly IMetric[] => ["p50", "p95", "p99"].map(draw);

export const alarmStates: Section = ({ alarms, words }) => [
  [
    new AlarmStatusWidget({
      title: words.alarms,
      alarms: alarms.ringing.map(({ alarm }) => alarm),
      width: FULL_WIDTH,
      height: 5,
    }),
  ],
];

export const received: Section = (page) => {
  const { words, parts } = page;
  const submitted = () => count(page, METRICS.submitted, words.submitted);
  return [
    text(words.receivedText),
    graphs({
      title: words.received,
      left: [
        submitted(),
        parts.turnedAway.metric({ statistic: "Sum", label: words.turnedAway, period }),
        sentAway(page.config, SITE_REGION, { label: words.sentAway, period }),
        ofApi(parts.api, "5xx", { label: words.failed, period }),
      ],
    }),
    totals(words.soFar, [
      submitted(),
      count(page, METRICS.accepted, words.accepted),
      count(page, METRICS.duplicates, words.duplicates),
      count(page, METRICS.invalid, words.invalid),
    ]),
  ];
};

export const counted: Section = (page) => {
  const { words, config, parts } = page;
  const acceptedVotes = count(page, METRICS.accepted, words.accepted);
  const countedVotes = count(page, METRICS.counted, words.counted);
  const spoiled = count(page, METRICS.spoiled, words.spoiled);
  const unstamped = count(page, METRICS.unstamped, words.unstamped);
  const largest = (name: MetricName, label: string): IMetric =>
    measured(config, name, { statistic: "Maximum", label, period });
  const recounts = {
    title: words.recounts,
    left: [
      largest(METRICS.disagreements, words.disagreements),
      largest(METRICS.votingOpen, words.open),
      largest(METRICS.unstated, words.unstated),
    ],
    right: [count(page, METRICS.recounted, words.recounted)],
  };
  const uncounted = weightedSum(
    "gap",
    [
      [acceptedVotes, 1],
      [countedVotes, -1],
    ],
    { label: words.uncounted, period },
  );
  return [
    text(words.countedText),
    graphs(
      { title: words.acceptedAndCounted, left: [acceptedVotes, countedVotes, spoiled, unstamped] },
      ...(parts.recount === undefined ? [] : [recounts]),
    ),
    totals(words.soFar, [acceptedVotes, countedVotes, uncounted, spoiled]),
  ];
};

export const behind: Section = ({ words, config, parts: { votesQueue, officeQueue, tally, api } }) => [
  text(words.behindText),
  graphs(
    {
      title: words.queue,
      left: [votesQueue.queue.metricApproximateNumberOfMessagesVisible({ ...maximum, label: words.waiting })],
      right: [votesQueue.queue.metricApproximateAgeOfOldestMessage({ ...maximum, label: words.oldest })],
    },
    {
      title: words.iteratorAge,
      left: [ofFunction(tally, "IteratorAge", { ...maximum, label: words.iteratorAge })],
    },
    {
      title: words.officeQueue,
      left: [officeQueue.queue.metricApproximateNumberOfMessagesVisible({ ...maximum, label: words.waiting })],
    },
  ),
  graphs(
    {
      title: words.toDecision,
      left: percentiles((statistic) => measured(config, METRICS.timeToDecision, { statistic, label: statistic })),
    },
    {
      title: words.toCount,
      left: percentiles((statistic) => measured(config, METRICS.timeToCount, { statistic, label: statistic })),
    },
    { title: words.latency, left: percentiles((statistic) => ofApi(api, "Latency", { statistic, label: statistic })) },
  ),
];

export const failed: Section = ({ words, config, parts: { votesQueue, officeQueue, functions, tables } }) => [
  text(words.failedText),
  graphs(
    {
      title: words.setAside,
      left: [
        votesQueue.deadLetters.metricApproximateNumberOfMessagesVisible({ ...maximum, label: words.deadLetters }),
        officeQueue.deadLetters.metricApproximateNumberOfMessagesVisible({
          ...maximum,
          label: words.officeDeadLetters,
        }),
      ],
    },
    { title: words.errors, left: functions.map((fn) => ofFunction(fn, "Errors", { label: fn.node.id, period })) },
  ),
  graphs(
    {
      title: words.throttles,
      left: [
        sumOf(
          "fn",
          functions.map((fn) => ofFunction(fn, "Throttles")),
          { label: words.throttledFunctions, period },
        ),
        sumOf(
          "table",
          tables.flatMap((table) => [ofTable(table, "ReadThrottleEvents"), ofTable(table, "WriteThrottleEvents")]),
          { label: words.throttledTables, period },
        ),
      ],
    },
    { title: words.refused, left: [measuredBy("reason", config, METRICS.invalid, period)] },
  ),
];

export const eachElection: Section = ({ words, config, parts }) => {
  const lines = (title: string, name: MetricName) => ({ title, left: [measuredBy("election", config, name, period)] });
  return [
    text(words.electionsText, 2),
    graphs(
      lines(words.perSubmitted, METRICS.submitted),
      lines(words.perAccepted, METRICS.accepted),
      lines(words.perCounted, METRICS.counted),
      ...(parts.recount === undefined ? [] : [lines(words.perDisagreements, METRICS.disagreements)]),
    ),
  ];
};

export const cost: Section = ({ words, config, parts: { api, functions, votesQueue, officeQueue, tables } }) => {
  const queuesOf = (pair: VotesQueue | OfficeQueue, messagesPerRequest: number): readonly PricedQueue[] =>
    [pair.queue, pair.deadLetters].map((queue) => ({ queue, messagesPerRequest }));
  const queues = [...queuesOf(votesQueue, config.validateBatchSize), ...queuesOf(officeQueue, JOBS_PER_REQUEST)];
  const used = { api, functions, queues, tables };
  const { total, ...rest } = costSoFar(used, words.costLabels);
  return [text(words.costText), totals(words.cost, [total, rest.api, rest.functions, rest.queues, rest.tables])];
};

export const alarmMeanings: Section = ({ alarms, language, words }) => {
  const kinds = [...new Set(alarms.ringing.map(({ kind }) => kind))];
  const lines = kinds.map((kind) => {
    const { title, impact } = ALARM_TEXTS[kind];
    // Alarms have English names, since their mails' subjects cannot have accents.
    const named = language === "en" ? title.en : `${title[language]} (*${title.en}*)`;
    return `| ${named} | ${impact[language]} |`;
  });
  return [text([words.alarmsMeaning, "", words.alarmsHeader, ...lines].join("\n"), 10)];
};
