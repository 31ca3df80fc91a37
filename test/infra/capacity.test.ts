import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { ALWAYS_WARM, beyondAccount, capacityFor, warmToAsk } from "#infra/capacity.ts";
import { readConfig } from "#infra/config.ts";

const BATCH = 10;
const of = (expectedVotesPerSecond: number) => capacityFor({ expectedVotesPerSecond, validateBatchSize: BATCH });
const RATES = [1, 10, 100, 500, 1000, 2500, 10_000, 20_000];
const PUBLIC_FUNCTIONS = ["submit", "vote-status", "results", "elections", "board", "docs", "health", "system-status"];

describe("the sizes of a stage, from the votes a second it expects", () => {
  it.each(RATES)("at %i votes a second the API admits every vote and its voter's other requests", (votes) => {
    expect(of(votes).api.requestsPerSecond).toBeGreaterThanOrEqual(3 * votes);
    expect(of(votes).api.burst).toBeGreaterThanOrEqual(of(votes).api.requestsPerSecond);
  });

  it.each(RATES)("at %i votes a second the queue asks for no more validations than may run", (votes) => {
    expect(of(votes).mappingConcurrency).toBeGreaterThanOrEqual(2);
    expect(of(votes).mappingConcurrency).toBeLessThanOrEqual(of(votes).concurrencyOf("validate"));
  });

  it.each(RATES)(
    "at %i votes a second every function has its own share, and the shares are within the sum",
    (votes) => {
      const { concurrencyOf, reservedConcurrency } = of(votes);
      const shares = [...PUBLIC_FUNCTIONS, "validate", "tally", "origin-keys"].map(concurrencyOf);
      for (const share of shares) expect(share).toBeGreaterThan(0);
      expect(shares.reduce((sum, share) => sum + share)).toBeLessThanOrEqual(reservedConcurrency);
    },
  );

  it.each(RATES)("at %i votes a second each shard of the stream has a tally of its own", (votes) => {
    const writes = of(votes).warm.votes?.writeUnitsPerSecond ?? ALWAYS_WARM.write;
    expect(of(votes).concurrencyOf("tally")).toBeGreaterThanOrEqual(2 * Math.ceil(writes / 1000));
  });

  it.each(RATES)("at %i votes a second tables take what validations write while a backlog empties", (votes) => {
    const { warm } = of(votes);
    expect(warm.votes?.writeUnitsPerSecond ?? ALWAYS_WARM.write).toBeGreaterThanOrEqual(2 * votes);
    expect(warm.roll?.readUnitsPerSecond ?? ALWAYS_WARM.read).toBeGreaterThanOrEqual(votes);
    expect(warm.tallies?.writeUnitsPerSecond ?? ALWAYS_WARM.write).toBeGreaterThanOrEqual(0.7 * votes);
  });

  it("a small stage pays for no warm throughput", () => {
    expect(Object.values(of(500).warm)).toEqual([undefined, undefined, undefined]);
  });

  it("more votes never reduce a size", () => {
    const sizes = RATES.map((votes) => {
      const { api, reservedConcurrency, mappingConcurrency } = of(votes);
      return [api.requestsPerSecond, api.burst, reservedConcurrency, mappingConcurrency];
    });
    for (const [index, later] of sizes.slice(1).entries()) {
      for (const [field, size] of later.entries()) expect(size).toBeGreaterThanOrEqual(sizes[index]?.[field] ?? 0);
    }
  });
});

describe("a table's warm throughput", () => {
  const units = (writeUnitsPerSecond: number, readUnitsPerSecond = 12_000) => ({
    writeUnitsPerSecond,
    readUnitsPerSecond,
  });

  it.each<[string, ReturnType<typeof warmToAsk>, Parameters<typeof warmToAsk>]>([
    ["a new table gets what is wanted", units(10_000), [units(10_000)]],
    ["more is asked of a deployed one", units(10_000), [units(10_000), { has: units(4000) }]],
    [
      "less is not asked, and what was asked stays",
      units(10_000),
      [units(8000), { asked: units(10_000), has: units(10_000) }],
    ],
    ["nothing is not asked either", units(10_000), [undefined, { asked: units(10_000), has: units(10_000) }]],
    ["one that grew by itself is left alone", undefined, [units(10_000), { has: units(16_000) }]],
    [
      "one that grew in reads keeps them",
      units(20_000, 24_000),
      [units(20_000), { asked: units(10_000), has: units(10_000, 24_000) }],
    ],
  ])("is never lowered, since AWS refuses that: %s", (_, asked, known) => {
    expect(warmToAsk(...known)).toEqual(asked);
  });
});

describe("docs/configuration.md", () => {
  it("shows the sizes that the formulas give", async () => {
    const text = await readFile(new URL("../../docs/configuration.md", import.meta.url), "utf8");
    const rows = [
      ["API requests a second", (votes: number) => of(votes).api.requestsPerSecond],
      ["votes validated at once", (votes: number) => of(votes).mappingConcurrency],
      ["reserved for `submit`", (votes: number) => of(votes).concurrencyOf("submit")],
      ["reserved for `vote-status`", (votes: number) => of(votes).concurrencyOf("vote-status")],
      ["reserved for `tally`", (votes: number) => of(votes).concurrencyOf("tally")],
      ["warm writes a second of `votes`", (votes: number) => of(votes).warm.votes?.writeUnitsPerSecond],
    ] as const;
    for (const [what, size] of rows) {
      const [row = ""] = text.split("\n").filter((line) => line.startsWith(`| ${what} |`));
      const shown = row
        .split("|")
        .slice(3, 6)
        .map((cell) => cell.trim());
      expect(shown, what).toEqual([10, 500, 5000].map((votes) => size(votes)?.toLocaleString("en") ?? ""));
    }
  });
});

describe("a stage that needs more than an account's quotas", () => {
  it("500 votes a second fit AWS's default quotas", () => {
    expect(readConfig("prod", { expectedVotesPerSecond: 500 }).expectedVotesPerSecond).toBe(500);
  });

  it("is refused before deployment, with the quota to ask for", () => {
    expect(() => readConfig("prod", { expectedVotesPerSecond: 5000 })).toThrow(
      /needs 20000 of the account's apiRequestsPerSecond, which is 10000.*accountQuotas\.apiRequestsPerSecond/,
    );
    expect(() => readConfig("prod", { expectedVotesPerSecond: 5000 })).toThrow(/lambdaConcurrency/);
  });

  it.each(["dev", "staging", "prod"])("%s, as it comes, asks for no more memory than a new account gives", (stage) => {
    const newAccount = { lambdaConcurrency: 999, tableWriteUnits: 40_000 };
    expect(beyondAccount(readConfig(stage), newAccount)).toEqual([]);
    const large = readConfig(stage, { recountMemoryMegabytes: 10_240 });
    expect(beyondAccount(large, newAccount)).toEqual([
      expect.objectContaining({ of: "memory", needs: 10_240, says: expect.stringContaining("10240 MB") }),
    ]);
  });

  it("a small stage fits an account with the least concurrency that AWS gives, and a larger one does not", () => {
    const newAccount = { lambdaConcurrency: 10, tableWriteUnits: 40_000 };
    const shortagesAt = (expectedVotesPerSecond: number) =>
      beyondAccount(readConfig("dev", { expectedVotesPerSecond }), newAccount).map(({ of }) => of);
    expect([shortagesAt(10), shortagesAt(11)]).toEqual([[], ["concurrency"]]);
  });

  it("is told of what others have reserved, which is not left for it", () => {
    const shared = { lambdaConcurrency: 1000, tableWriteUnits: 40_000, reservedByOthers: 900 };
    const [shortage] = beyondAccount(readConfig("staging"), shared);
    expect(shortage?.says).toContain("of which others have reserved 900");
    expect(beyondAccount(readConfig("staging"), { ...shared, lambdaConcurrency: shortage?.needs ?? 0 })).toEqual([]);
  });

  it("is accepted once AWS has raised the quotas", () => {
    const accountQuotas = { apiRequestsPerSecond: 20_000, lambdaConcurrency: 4000, tableWriteUnits: 40_000 };
    expect(readConfig("prod", { expectedVotesPerSecond: 5000, accountQuotas })).toMatchObject({ accountQuotas });
  });
});
