import { type Allowance, FLAT_RATE_PLANS, type Plan } from "#infra/flat-rate-plans.ts";
import { FIREWALL_RULES, OTHER_PRICES } from "#infra/prices.ts";
import { billedFor } from "#load/cost/idle-day.ts";
import { CDN_LOG_BYTES } from "#load/cost/log-bytes.ts";
import { dollarsFor, NOTHING, times, type Usage } from "#load/shared/bill.ts";

/**
 * CloudFront by the list against its flat-rate plans: what either takes for a month's voters at the edge, which is the
 * distribution, the firewall and the access log. Everything behind costs the same with both.
 */

const BYTES_PER_GIGABYTE = 1e9;

/** The firewall with its rules. */
export const LIST_BY_THE_MONTH = OTHER_PRICES.firewallMonth + FIREWALL_RULES * OTHER_PRICES.firewallRuleMonth;

/** What a plan would cover of one voter's use. */
export function coveredUse(voter: Usage): Usage {
  const { cdnRequest, cdnGigabyteOut, cdnGigabyteToOrigin, edgeFunctionCall, firewallRequest } = voter;
  const logGigabyte = (cdnRequest * CDN_LOG_BYTES) / BYTES_PER_GIGABYTE;
  return {
    ...NOTHING,
    cdnRequest,
    cdnGigabyteOut,
    cdnGigabyteToOrigin,
    edgeFunctionCall,
    firewallRequest,
    logGigabyte,
  };
}

export function listPrice(voter: Usage, voters: number): number {
  return LIST_BY_THE_MONTH + dollarsFor(times(coveredUse(voter), voters));
}

/** After what AWS gives every account each month, when nothing else uses it. */
export function billedPrice(voter: Usage, voters: number): number {
  return LIST_BY_THE_MONTH + billedFor(times(coveredUse(voter), voters), 1);
}

/** How many voters a month an allowance serves. */
export function servedBy({ requests, gigabytes }: Allowance, voter: Usage): number {
  return Math.floor(Math.min(requests / voter.cdnRequest, gigabytes / voter.cdnGigabyteOut));
}

/** The smallest size of a plan that serves so many; undefined when none does. */
export function sizeOf({ sizes }: Plan, voter: Usage, voters: number): Allowance | undefined {
  return sizes.find((size) => servedBy(size, voter) >= voters);
}

/** Voters above which a flat price is lower than the list's. */
export function breakEven(dollars: number, voter: Usage): number {
  return Math.max(0, (dollars - LIST_BY_THE_MONTH) / dollarsFor(coveredUse(voter)));
}

export const USABLE_PLANS = FLAT_RATE_PLANS.filter(({ excludes }) => excludes === undefined);

/** What is cheapest for so many voters in a month, of the list and the plans that this stack can be on. */
export function cheapest(voter: Usage, voters: number): Readonly<{ name: string; dollars: number }> {
  const plans = USABLE_PLANS.flatMap((plan) => {
    const size = sizeOf(plan, voter, voters);
    return size === undefined ? [] : [{ name: plan.name, dollars: size.dollars }];
  });
  const list = { name: "the list", dollars: listPrice(voter, voters) };
  return plans.reduce((best, one) => (one.dollars < best.dollars ? one : best), list);
}

/** From how many voters, and up to how many, each usable size is the cheapest; sizes that never are have no line. */
export function cheapestRanges(
  voter: Usage,
): readonly Readonly<{ name: string; dollars: number; from: number; to: number }>[] {
  const sizes = USABLE_PLANS.flatMap(({ name, sizes: all }) => all.map((size) => ({ name, size })));
  return sizes.flatMap(({ name, size }) => {
    const to = servedBy(size, voter);
    const lower = sizes
      .filter((other) => other.size.dollars < size.dollars)
      .map((other) => servedBy(other.size, voter));
    const from = Math.ceil(Math.max(breakEven(size.dollars, voter), ...lower.map((served) => served + 1), 0));
    return from <= to ? [{ name, dollars: size.dollars, from, to }] : [];
  });
}
