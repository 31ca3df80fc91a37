import { layOut } from "#admin/terminal/text-table.ts";
import { FIRST_PEAK, FLAT_RATE_PLANS, PLAN_SOURCE } from "#infra/flat-rate-plans.ts";
import {
  billedPrice,
  breakEven,
  cheapest,
  cheapestRanges,
  LIST_BY_THE_MONTH,
  listPrice,
  servedBy,
  sizeOf,
  USABLE_PLANS,
} from "#load/cost/plans.ts";
import type { Usage } from "#load/shared/bill.ts";
import { dollars, grouped } from "#load/shared/report.ts";

const right = { align: "right" } as const;

/** Voters in a month. */
const SHOWN = [10_000, 100_000, 1_000_000, 8_000_000, 15_000_000, 80_000_000];

/** Voters to two digits: more would claim to be exact. */
function about(voters: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, voters))) - 1);
  return grouped(Math.round(voters / step) * step);
}

function pricesTable(voter: Usage): string {
  const rows = SHOWN.map((voters) => [
    grouped(voters),
    dollars(listPrice(voter, voters)),
    dollars(billedPrice(voter, voters)),
    ...USABLE_PLANS.map((plan) => {
      const size = sizeOf(plan, voter, voters);
      return size === undefined ? "too many" : dollars(size.dollars);
    }),
    cheapest(voter, voters).name,
  ]);
  const head = [
    "voters in a month",
    "the list",
    "after allowance",
    ...USABLE_PLANS.map(({ name }) => name),
    "cheapest",
  ];
  return layOut([head, ...rows], [right, right, right, ...USABLE_PLANS.map(() => right), {}]);
}

function rangesTold(voter: Usage): readonly string[] {
  const shown = cheapestRanges(voter).filter(({ from }) => from <= Math.max(...SHOWN));
  return shown.map(
    ({ name, dollars: price, from, to }) =>
      `${name}, ${dollars(price)} a month, is cheaper than the list from ${about(from)} to ${about(to)} voters (${about(FIRST_PEAK * to)} in a first peak).`,
  );
}

function excludedTold(voter: Usage): readonly string[] {
  return FLAT_RATE_PLANS.flatMap(({ name, sizes: [size], excludes }) => {
    if (excludes === undefined || size === undefined) return [];
    const [from, to] = [breakEven(size.dollars, voter), servedBy(size, voter)];
    return [
      `${name}, ${dollars(size.dollars)} a month, would be from ${about(from)} to ${about(to)} voters, but cannot take this stack: it ${excludes}.`,
    ];
  });
}

/** The list against CloudFront's flat-rate plans, and what was looked up where. @param voter one voter, all in */
export function plansReport(voter: Usage): string {
  return `CloudFront, its firewall (${dollars(LIST_BY_THE_MONTH)} a month) and its access log, by the list or by a flat-rate plan:
${pricesTable(voter)}
${[...rangesTold(voter), ...excludedTold(voter)].map((line) => `  ${line}`).join("\n")}
  This stack can be on Business and Premium, by hand in the console; npm run destroy then works from the month after the plan is cancelled.
  Above an allowance: ${PLAN_SOURCE.beyond}.
  Source: ${PLAN_SOURCE.page} (announced ${PLAN_SOURCE.announced}); ${PLAN_SOURCE.seen}.`;
}
