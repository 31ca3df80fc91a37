import type { Objective } from "#load/scenarios/objectives.ts";
import type { RunRecord } from "#load/scenarios/run-record.ts";
import { drawChart, lineThrough } from "#load/shared/chart.ts";
import { grouped } from "#load/shared/report.ts";

const STYLE = `:root{color-scheme:light dark;--text:light-dark(#1c1c1c,#ececec);--page:light-dark(#fff,#171717);--grid:light-dark(#d4d4d4,#444);
--good:light-dark(#1f6b3c,#7fd49c);--bad:light-dark(#a01f1f,#ff9a8f)}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;color:var(--text);background:var(--page)}
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2rem 0 .5rem}
.verdict{font-size:1.3rem;font-weight:bold;border-left:.4rem solid;padding-left:.8rem}
.good{color:var(--good)}.bad{color:var(--bad)}
.objectives{padding:0;list-style:none}.objectives li{display:flex}.objectives b{flex:0 0 4.5rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
td,th{padding:.25rem 1.2rem .25rem 0;text-align:left;vertical-align:top}
.scroll{overflow-x:auto}.scroll td,.scroll th{text-align:right;border-bottom:1px solid var(--grid)}
summary{cursor:pointer}`;

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Rows of the table of seconds: in a long run each covers several. */
const MOST_ROWS = 60;
const MANY_SECONDS = 300;

type Seconds = RunRecord["seconds"];
const UNKNOWN = Number.NaN;

function charts(seconds: Seconds): readonly string[] {
  const isLong = seconds.length > MANY_SECONDS;
  const chart = (title: string, unit: string, lines: Readonly<Record<string, readonly number[]>>): string =>
    drawChart({
      title,
      unit,
      along: `${isLong ? "minutes" : "seconds"} since the first post`,
      lines: Object.entries(lines).map(([name, values]) => lineThrough(name, values, isLong ? 1 / 60 : 1)),
    });
  let [sum, waitingLast] = [0, UNKNOWN];
  // Between two looks the queue is taken to be as last seen.
  const running = seconds.map(({ voters = 0, waiting }) => {
    sum += voters;
    waitingLast = waiting ?? waitingLast;
    return { sum, waiting: waitingLast };
  });
  return [
    chart("Time until a voter's post was answered", "ms", {
      "95 % within": seconds.map(({ p95Ms }) => p95Ms ?? UNKNOWN),
      "half within": seconds.map(({ p50Ms }) => p50Ms ?? UNKNOWN),
    }),
    chart("Votes since the start", "votes", {
      "voters accepted (202)": running.map((moment) => moment.sum),
      counted: seconds.map(({ counted }) => counted),
    }),
    chart("Ballots waiting in the queue", "ballots", {
      "the most seen in the second": running.map(({ waiting }) => waiting),
    }),
    chart("Posts sent in each second", "posts", { posts: seconds.map(({ posted }) => posted) }),
  ];
}

/** The charts in figures, for whoever does not see them. */
function tableOf(seconds: Seconds): string {
  const step = Math.ceil(seconds.length / MOST_ROWS);
  const rows = Array.from({ length: Math.ceil(seconds.length / step) }, (_, row) => {
    const those = seconds.slice(row * step, (row + 1) * step);
    const sum = (which: "posted" | "accepted") => those.reduce((total, second) => total + second[which], 0);
    const most = (which: "waiting" | "p50Ms" | "p95Ms") => Math.max(...those.map((second) => second[which] ?? -1));
    const counted = those.at(-1)?.counted ?? 0;
    const cells = [sum("posted"), sum("accepted"), counted, most("waiting"), most("p50Ms"), most("p95Ms")];
    const told = cells.map((cell) => `<td>${cell < 0 ? "–" : grouped(cell)}</td>`).join("");
    return `<tr><th scope="row">${grouped(row * step)}</th>${told}</tr>`;
  });
  const names = ["from second", "posts", "accepted", "counted so far", "waiting", "half within, ms", "95 % within, ms"];
  const every = step === 1 ? "Every second" : `Every ${step} seconds, times and queue at their highest`;
  const head = names.map((name) => `<th scope="col">${name}</th>`).join("");
  return `<details><summary>${every}, in figures</summary>
<div class="scroll" role="region" aria-label="The run in figures" tabindex="0"><table><thead><tr>${head}</tr></thead>
<tbody>${rows.join("")}</tbody></table></div></details>`;
}

function ballots(count: number): string {
  return count === 1 ? "1 ballot" : `${grouped(count)} ballots`;
}

function verdict({ lost, countedTwice, posts }: RunRecord, planned: number): string {
  if (lost > 0 || countedTwice > 0) {
    return `<p class="verdict bad">Lost: ${ballots(lost)}. Counted twice: ${ballots(countedTwice)}.</p>`;
  }
  if (posts < planned) return `<p class="verdict bad">Only ${grouped(posts)} of ${ballots(planned)} were sent.</p>`;
  return '<p class="verdict good">Lost: none. Counted twice: none. Every accepted ballot was counted once.</p>';
}

function objectiveItem({ wanted, isMet, sentence }: Objective): string {
  const [kind, word] = isMet ? ["good", "met"] : ["bad", "missed"];
  return `<li><b class="${kind}">${word}</b> <span>${escapeHtml(isMet ? wanted : sentence)}</span></li>`;
}

export function reportPage(
  record: RunRecord,
  planned: number,
  summary: readonly (readonly [name: string, value: string])[],
  objectives: readonly Objective[],
): string {
  const { scenario = "votes", startedAt, votes, seconds } = record;
  const title = `Scrutin under load: ${escapeHtml(scenario)}`;
  const rows = summary.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const start = new Date(startedAt).toLocaleString("en", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head><body><main>
<h1>${title}</h1><p>${grouped(votes)} votes, <time datetime="${startedAt}">${start} UTC</time></p>
${verdict(record, planned)}
<h2>Objectives</h2><ul class="objectives">${objectives.map(objectiveItem).join("")}</ul>
<h2>Over time</h2>
${charts(seconds).join("\n")}
${tableOf(seconds)}
<h2>Account</h2><table>${rows.join("")}</table></main></body></html>
`;
}
