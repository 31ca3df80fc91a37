/**
 * CloudFront's flat-rate pricing plans: a price by the month for one distribution, its firewall and its access log, instead of a
 * price for each request. Plans are taken in the console or by the PricingPlanManager API, not by the templates.
 */

export const PLAN_SOURCE = {
  page: "docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/flat-rate-pricing-plan.html",
  announced: "November 2025",
  seen: "a copy of the guide as of mid-2026, not online; prices of Free, Pro and Business by quotations of the pricing page from 2026",
  beyond:
    "no charge. AWS says that a first peak of up to three times the allowance is served as before; whoever stays above for months may be served from fewer or farther places",
} as const;

/** What one price buys each month; the Premium plan is sold in several sizes. */
export type Allowance = Readonly<{ dollars: number; requests: number; gigabytes: number }>;

export type Plan = Readonly<{
  name: string;
  /** Ascending. */
  sizes: readonly Allowance[];
  /** Why this stack cannot be on it; undefined if it can. */
  excludes?: string;
}>;

/** How many times the allowance AWS serves once without consequence. */
export const FIRST_PEAK = 3;

const NO_POLICIES_OF_OUR_OWN =
  "has no cache, origin request and response headers policies of our own, and no browser challenges in the firewall";

export const FLAT_RATE_PLANS: readonly Plan[] = [
  {
    name: "Free",
    sizes: [{ dollars: 0, requests: 1e6, gigabytes: 100 }],
    excludes: `${NO_POLICIES_OF_OUR_OWN}, and only five rules there`,
  },
  {
    name: "Pro",
    sizes: [{ dollars: 15, requests: 10e6, gigabytes: 50_000 }],
    excludes: NO_POLICIES_OF_OUR_OWN,
  },
  { name: "Business", sizes: [{ dollars: 200, requests: 125e6, gigabytes: 50_000 }] },
  {
    name: "Premium",
    sizes: [
      { dollars: 1_000, requests: 500e6, gigabytes: 50_000 },
      { dollars: 1_450, requests: 750e6, gigabytes: 75_000 },
      { dollars: 2_250, requests: 1_250e6, gigabytes: 125_000 },
      { dollars: 3_500, requests: 2_000e6, gigabytes: 200_000 },
      { dollars: 6_000, requests: 3_500e6, gigabytes: 350_000 },
      { dollars: 10_000, requests: 6_000e6, gigabytes: 600_000 },
    ],
  },
];
