import { GraphWidget, type IMetric, type IWidget, SingleValueWidget, TextWidget } from "aws-cdk-lib/aws-cloudwatch";

/** The rows of a dashboard. */

export type Row = IWidget[];

export const FULL_WIDTH = 24;
const GRAPH_HEIGHT = 6;
const VALUES_HEIGHT = 3;

export const text = (markdown: string, height = 3): Row => [new TextWidget({ markdown, width: FULL_WIDTH, height })];

/** Graphs side by side. */
export function graphs(
  ...drawn: readonly Readonly<{ title: string; left: readonly IMetric[]; right?: readonly IMetric[] }>[]
): Row {
  const width = Math.floor(FULL_WIDTH / drawn.length);
  return drawn.map(
    ({ title, left, right = [] }) =>
      new GraphWidget({
        title,
        left: [...left],
        right: [...right],
        width,
        height: GRAPH_HEIGHT,
        leftYAxis: { min: 0 },
        rightYAxis: { min: 0 },
      }),
  );
}

/** Totals over the time range that the dashboard shows. */
export const totals = (title: string, metrics: readonly IMetric[]): Row => [
  new SingleValueWidget({
    title,
    metrics: [...metrics],
    width: FULL_WIDTH,
    height: VALUES_HEIGHT,
    setPeriodToTimeRange: true,
  }),
];
