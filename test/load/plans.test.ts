import { describe, expect, test } from "vitest";
import { FLAT_RATE_PLANS } from "#infra/flat-rate-plans.ts";
import {
  billedPrice,
  breakEven,
  cheapest,
  cheapestRanges,
  coveredUse,
  LIST_BY_THE_MONTH,
  listPrice,
  servedBy,
  USABLE_PLANS,
} from "#load/cost/plans.ts";
import { plansReport } from "#load/cost/plans-table.ts";
import { dollarsFor, NOTHING } from "#load/shared/bill.ts";

// Ten requests and 40 kB: 16.00 + 3.40 dollars a million, besides the log.
const voter = {
  ...NOTHING,
  cdnRequest: 10,
  firewallRequest: 10,
  cdnGigabyteOut: 40e-6,
  apiRequest: 2,
  tableWriteUnit: 1,
};

describe("CloudFront by the list", () => {
  test("is the firewall by the month, and each voter's requests, bytes and log; nothing of what is behind", () => {
    expect(LIST_BY_THE_MONTH).toBe(11);
    expect(coveredUse(voter)).toMatchObject({ apiRequest: 0, tableWriteUnit: 0 });
    expect(listPrice(voter, 1e6)).toBeGreaterThan(11 + 16 + 3.4);
    expect(listPrice(voter, 1e6)).toBeLessThan(11 + 16 + 3.4 + 1);
  });

  test("is less once AWS's allowance is taken off", () => {
    // Ten million requests and the bytes are covered: the firewall's requests are not.
    expect(billedPrice(voter, 1e6)).toBeCloseTo(11 + 6, 6);
  });
});

describe("a flat-rate plan", () => {
  test("serves as many voters as its requests or its bytes last for", () => {
    expect(servedBy({ dollars: 200, requests: 125e6, gigabytes: 50_000 }, voter)).toBe(12_500_000);
    expect(servedBy({ dollars: 0, requests: 1e9, gigabytes: 0.000_41 }, voter)).toBe(10);
  });

  test("breaks even where its price is the list's", () => {
    const voters = breakEven(200, voter);
    expect(listPrice(voter, voters)).toBeCloseTo(200, 6);
    expect(breakEven(5, voter)).toBe(0);
  });

  test("is the cheapest from its break-even to its allowance; before, after and between, the list is", () => {
    for (const { from, to, name } of cheapestRanges(voter)) {
      expect(cheapest(voter, from).name).toBe(name);
      expect(cheapest(voter, to).name).toBe(name);
    }
    const [business, premium] = cheapestRanges(voter);
    expect(business).toMatchObject({ name: "Business", dollars: 200, to: 12_500_000 });
    expect(premium).toMatchObject({ name: "Premium", dollars: 1_000, to: 50_000_000 });
    expect(cheapest(voter, 10_000).name).toBe("the list");
    expect(cheapest(voter, 12_500_001).name).toBe("the list");
    expect(business?.from).toBeCloseTo((200 - 11) / dollarsFor(coveredUse(voter)), -1);
  });

  test("that never is cheaper has no range", () => {
    const light = { ...voter, firewallRequest: 0, cdnRequest: 10, cdnGigabyteOut: 0, logGigabyte: 0 };
    expect(cheapestRanges(light).map(({ name }) => name)).not.toContain("Business");
  });

  test("that lacks what the stack needs is told with the reason, and never recommended", () => {
    expect(USABLE_PLANS.map(({ name }) => name)).toEqual(["Business", "Premium"]);
    const report = plansReport(voter);
    for (const { name, excludes } of FLAT_RATE_PLANS.filter(({ excludes }) => excludes !== undefined)) {
      expect(report).toMatch(new RegExp(`${name}, .* but cannot take this stack: it ${excludes?.slice(0, 20)}`));
    }
    expect(cheapest(voter, 500_000).name).toBe("the list");
  });

  test("is told with its source, its date, and what was not checked", () => {
    expect(plansReport(voter)).toMatch(/Source: docs\.aws\.amazon\.com.*announced November 2025.*not online/);
    expect(plansReport(voter)).toMatch(/ 8,000,000 /);
  });
});
