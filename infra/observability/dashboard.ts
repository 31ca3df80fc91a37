import { Duration } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  type IMetric,
  type IWidget,
  PeriodOverride,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { LANGUAGES, type Language } from "#core/language.ts";
import { METRICS, type MetricName } from "#functions/runtime/metrics-contract.ts";
import type { Config } from "#infra/config.ts";
import { ALARM_TEXTS } from "#infra/observability/alarm-texts.ts";
import type { Alarms } from "#infra/observability/alarms.ts";
import { costSoFar } from "#infra/observability/cost.ts";
import { FULL_WIDTH, graphs, text, totals } from "#infra/observability/dashboard-widgets.ts";
import { DASHBOARD_WORDS, type DashboardWords } from "#infra/observability/dashboard-words.ts";
import type { ObservedParts } from "#infra/observability/observed-parts.ts";
import {
  measured,
  measuredByElection,
  measuredByReason,
  ofApi,
  ofFunction,
  ofTable,
  sumOf,
  weightedSum,
} from "#infra/observability/watched-metrics.ts";

const PERCENTILES = ["p50", "p95", "p99"] as const;

export type DashboardProps = Readonly<{ config: Config; parts: ObservedParts; alarms: Alarms }>;

/** One dashboard for each language, `scrutin-<stage>-fr` and `-en`; they draw the same. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    for (const language of LANGUAGES) {
      new CloudWatchDashboard(this, language, {
        dashboardName: `scrutin-${props.config.stage}-${language}`,
        defaultInterval: Duration.hours(3),
        periodOverride: PeriodOverride.AUTO,
        widgets: rows(props, language).map((row) => [...row]),
      });
    }
  }
}

function alarmMeanings(alarms: Alarms, language: Language, words: DashboardWords): string {
  const kinds = [...new Set(alarms.ringing.map(({ kind }) => kind))];
  const lines = kinds.map((kind) => {
    const { title, impact } = ALARM_TEXTS[kind];
    // Alarms are named in English: the mail that tells of them takes no accents.
    const named = language === "en" ? title.en : `${title[language]} (*${title.en}*)`;
    return `| ${named} | ${impact[language]} |`;
  });
  return [words.alarmsMeaning, "", words.alarmsHeader, ...lines].join("\n");
}

function rows({ config, parts, alarms }: DashboardProps, language: Language): readonly (readonly IWidget[])[] {
  const words = DASHBOARD_WORDS[language];
  const { api, votesQueue, functions, tables, turnedAway } = parts;
  const all = [...functions.values()];
  const minutes5 = Duration.minutes(5);
  const count = (name: MetricName, label: string): IMetric => measured(config, name, { label, period: minutes5 });
  const percentiles = (draw: (statistic: string) => IMetric): readonly IMetric[] => PERCENTILES.map(draw);
  const perElection = (title: string, name: MetricName) => ({
    title,
    left: [measuredByElection(config, name, "", minutes5)],
  });
  const maximum = { statistic: "Maximum", period: Duration.minutes(1) };
  const tally = functions.get("tally");
  const cost = costSoFar(
    {
      api,
      functions: all,
      queues: [votesQueue.queue, votesQueue.deadLetters],
      tables,
      messagesPerRequest: config.validateBatchSize,
    },
    words.costLabels,
  );
  const isRecounted = functions.has("recount");

  return [
    text(words.intro),
    [
      new AlarmStatusWidget({
        title: words.alarms,
        alarms: alarms.ringing.map(({ alarm }) => alarm),
        width: FULL_WIDTH,
        height: 5,
      }),
    ],

    text(words.receivedText),
    graphs({
      title: words.received,
      left: [
        count(METRICS.submitted, words.submitted),
        turnedAway.metric({ statistic: "Sum", label: words.turnedAway, period: minutes5 }),
        ofApi(api, "5xx", { label: words.failed, period: minutes5 }),
      ],
    }),
    totals(words.soFar, [
      count(METRICS.submitted, words.submitted),
      count(METRICS.accepted, words.accepted),
      count(METRICS.duplicates, words.duplicates),
      count(METRICS.invalid, words.invalid),
    ]),

    text(words.countedText),
    graphs(
      {
        title: words.acceptedAndCounted,
        left: [
          count(METRICS.accepted, words.accepted),
          count(METRICS.counted, words.counted),
          count(METRICS.spoiled, words.spoiled),
        ],
      },
      ...(isRecounted
        ? [
            {
              title: words.recounts,
              left: [
                measured(config, METRICS.disagreements, { ...maximum, label: words.disagreements, period: minutes5 }),
                measured(config, METRICS.votingOpen, { ...maximum, label: words.open, period: minutes5 }),
              ],
              right: [count(METRICS.recounted, words.recounted)],
            },
          ]
        : []),
    ),
    totals(words.soFar, [
      count(METRICS.accepted, words.accepted),
      count(METRICS.counted, words.counted),
      weightedSum(
        "gap",
        [
          [count(METRICS.accepted, words.accepted), 1],
          [count(METRICS.counted, words.counted), -1],
        ],
        { label: words.uncounted, period: minutes5 },
      ),
      count(METRICS.spoiled, words.spoiled),
    ]),

    text(words.behindText),
    graphs(
      {
        title: words.queue,
        left: [votesQueue.queue.metricApproximateNumberOfMessagesVisible({ ...maximum, label: words.waiting })],
        right: [votesQueue.queue.metricApproximateAgeOfOldestMessage({ ...maximum, label: words.oldest })],
      },
      {
        title: words.iteratorAge,
        left: tally === undefined ? [] : [ofFunction(tally, "IteratorAge", { ...maximum, label: words.iteratorAge })],
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
      {
        title: words.latency,
        left: percentiles((statistic) => ofApi(api, "Latency", { statistic, label: statistic })),
      },
    ),

    text(words.failedText),
    graphs(
      {
        title: words.deadLetters,
        left: [
          votesQueue.deadLetters.metricApproximateNumberOfMessagesVisible({ ...maximum, label: words.deadLetters }),
        ],
      },
      {
        title: words.errors,
        left: all.map((fn) => ofFunction(fn, "Errors", { label: fn.node.id, period: minutes5 })),
      },
    ),
    graphs(
      {
        title: words.throttles,
        left: [
          sumOf(
            "fn",
            all.map((fn) => ofFunction(fn, "Throttles")),
            { label: words.throttledFunctions, period: minutes5 },
          ),
          sumOf(
            "table",
            tables.flatMap((table) => [ofTable(table, "ReadThrottleEvents"), ofTable(table, "WriteThrottleEvents")]),
            { label: words.throttledTables, period: minutes5 },
          ),
        ],
      },
      { title: words.refused, left: [measuredByReason(config, METRICS.invalid, minutes5)] },
    ),

    text(words.electionsText, 2),
    graphs(
      perElection(words.perSubmitted, METRICS.submitted),
      perElection(words.perAccepted, METRICS.accepted),
      perElection(words.perCounted, METRICS.counted),
      ...(isRecounted ? [perElection(words.perDisagreements, METRICS.disagreements)] : []),
    ),

    text(words.costText),
    totals(words.cost, [cost.total, cost.api, cost.functions, cost.queues, cost.tables]),

    text(alarmMeanings(alarms, language, words), 10),
  ];
}
