import { escapeHtml, svgChart } from "#load/plan/plot.ts";
import type { RunRecord } from "#load/scenarios/run-record.ts";

/** The report of a run as one HTML page that needs nothing from anywhere. */

const STYLE = `body{font:15px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}
svg{width:100%;height:auto;margin:1rem 0}table{border-collapse:collapse}td,th{padding:.2rem 1.2rem .2rem 0;text-align:left}
td{font-variant-numeric:tabular-nums}.good{color:#2f7d4f}.bad{color:#a01f1f;font-weight:bold}`;

const MILLISECONDS = { maximumFractionDigits: 0 } as const;

function cumulative(values: readonly number[]): readonly number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

function charts({ seconds }: RunRecord): readonly string[] {
  const span = { from: "first post", to: `${seconds.length} s` };
  const times = (which: "p50Ms" | "p95Ms") => seconds.map((second) => second[which] ?? Number.NaN);
  return [
    svgChart({
      title: "Time until a post was answered",
      series: [
        { name: "95 % within", values: times("p95Ms"), unit: "ms" },
        { name: "half within", values: times("p50Ms"), unit: "ms" },
      ],
      ...span,
    }),
    svgChart({
      title: "Votes since the start",
      series: [
        { name: "accepted (202)", values: cumulative(seconds.map(({ accepted }) => accepted)), unit: "" },
        { name: "counted", values: seconds.map(({ counted }) => counted), unit: "" },
      ],
      ...span,
    }),
    svgChart({
      title: "Votes waiting in the queue",
      series: [{ name: "waiting", values: seconds.map(({ waiting }) => waiting), unit: "" }],
      ...span,
    }),
    svgChart({
      title: "Posts in each second",
      series: [{ name: "posts", values: seconds.map(({ posted }) => posted), unit: "/s" }],
      ...span,
    }),
  ];
}

/**
 * The page.
 * @param summary names and values, as the terminal shows them
 * @param missed a sentence for each objective that was missed
 */
export function reportPage(
  record: RunRecord,
  summary: readonly (readonly [name: string, value: string])[],
  missed: readonly string[],
): string {
  const { scenario = "votes", startedAt, lost, countedTwice, views } = record;
  const isKept = lost === 0 && countedTwice === 0;
  const rows = [
    ...summary,
    ...(views === undefined
      ? []
      : [
          [
            "looks at results",
            `${views.looks}, ${views.failed} failed, 95 % within ${(views.p95Ms ?? 0).toLocaleString("en", MILLISECONDS)} ms`,
          ] as const,
        ]),
  ].map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`);
  const promise = isKept
    ? '<p class="good">Every accepted ballot was counted, and none twice.</p>'
    : `<p class="bad">${lost} lost, ${countedTwice} counted twice.</p>`;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>Scrutin under load: ${escapeHtml(scenario)}</title><style>${STYLE}</style></head><body>`,
    `<h1>Scrutin under load: ${escapeHtml(scenario)}</h1><p>${escapeHtml(startedAt)}</p>`,
    promise,
    ...missed.map((sentence) => `<p class="bad">${escapeHtml(sentence)}</p>`),
    ...charts(record),
    `<table>${rows.join("")}</table></body></html>`,
    "",
  ].join("\n");
}
