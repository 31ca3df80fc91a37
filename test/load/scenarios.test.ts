import { randomInt } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesIn } from "#core/contest.ts";
import { ElectionDefinition } from "#core/election.ts";
import { dueTimes, paceOf } from "#load/clients/phases.ts";
import { credentialsFor, planScenario } from "#load/scenarios/ballot-plan.ts";
import { objectivesOf } from "#load/scenarios/objectives.ts";
import { RunRecord, recordRun } from "#load/scenarios/run-record.ts";
import { SCENARIOS, type Scenario, UNNAMED } from "#load/scenarios/scenario.ts";
import { settleAccount } from "#load/shared/accounting.ts";
import type { Credential, PlannedPost } from "#load/shared/ballots.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { OPENING } from "#test/definitions.ts";

const names = ["law-L2025-001", "election-1", "election-2"];
const definitions = await Promise.all(names.map((name) => readDefinition(`elections/${name}.json`, Date.now())));
// The public key of RFC 9180's first test vector (A.1.1, pkRm).
const publicKey = Buffer.from("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d", "hex").toString(
  "base64url",
);
const elections = definitions.map((definition) => ({
  definition: ElectionDefinition.parse(definition),
  publicKey,
  opening: OPENING,
}));

const credentials = (count: number): readonly Credential[] =>
  Array.from({ length: count }, (_, index) => ({ nas: String(100_000_000 + index), code: `CODE${index}` }));

const missedObjectives = (record: RunRecord, p95Ms: number) =>
  objectivesOf(record, p95Ms).flatMap(({ isMet, sentence }) => (isMet ? [] : [sentence]));

async function planned(scenario: Scenario, votes = 60, hasAddresses = true) {
  const given = credentials(credentialsFor(votes, scenario));
  const { voters, posts } = planScenario(scenario, elections, votes, given, randomInt, hasAddresses);
  const made: PlannedPost[] = [];
  for await (const post of posts) made.push(post);
  return { roll: [...voters], posts: made, plan: posts };
}

describe("the arrivals of a scenario", () => {
  const shapes = fc.constantFrom("even", "opening", "closing") as fc.Arbitrary<"even" | "opening" | "closing">;

  test("every post has its place, however few there are", () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 500 }), (shape, posts, rate) => {
        const pace = paceOf(shape, posts, rate);
        if (pace === "as-fast-as-it-goes") expect.fail("a shape has phases");
        else {
          expect(pace.reduce((sum, { requests }) => sum + requests, 0)).toBe(posts);
          expect(pace.every(({ requests }) => requests >= 0)).toBe(true);
          expect(pace.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(posts / rate, 6);
        }
      }),
    );
  });

  test("a rush brings four fifths of the posts in a fifth of the time: at the opening first, at the closing last", () => {
    const requests = (shape: "opening" | "closing") => {
      const pace = paceOf(shape, 1000, 100);
      return pace === "as-fast-as-it-goes" ? [] : pace.map((phase) => phase.requests);
    };
    expect(requests("opening").slice(0, 4)).toEqual([200, 200, 200, 200]);
    expect(requests("closing").slice(-4)).toEqual([200, 200, 200, 200]);
  });

  test("a client without phases of its own sends each post when it is due", () => {
    const phases = [
      { requests: 2, seconds: 1 },
      { requests: 0, seconds: 3 },
      { requests: 4, seconds: 1 },
    ];
    expect([...dueTimes(phases)]).toEqual([0, 500, 4000, 4250, 4500, 4750]);
  });

  test("a retry storm has no pace", () => {
    expect(paceOf("at-once", 10, 100)).toBe("as-fast-as-it-goes");
  });
});

describe("what a scenario posts", () => {
  test.each(Object.entries(SCENARIOS))(
    "%s: each voter on the roll votes at least once, and counts once",
    async (_, scenario) => {
      const { roll, posts } = await planned(scenario);
      const voters = new Set(
        posts.flatMap(({ expectation }) => (expectation === "not-counted" ? [] : [expectation.voter])),
      );
      expect(voters.size).toBe(60);
      expect(roll).toHaveLength(60);
      // Had all been accepted and each voter counted once, the account would be clean.
      const options = new Map<string, number>();
      const seen = new Set<number>();
      for (const { expectation } of posts) {
        if (expectation === "not-counted" || seen.has(expectation.voter)) continue;
        seen.add(expectation.voter);
        options.set(expectation.option, (options.get(expectation.option) ?? 0) + 1);
      }
      const answered = posts.map(({ expectation }) => ({ expectation, status: 202 }));
      expect(settleAccount(answered, new Map(), options)).toMatchObject({ lost: 0, countedTwice: 0, voters: 60 });
    },
  );

  test.each(Object.entries(SCENARIOS))(
    "%s: what a post must lead to is known without making it, and is the same each time",
    async (_, scenario) => {
      const { posts, plan } = await planned(scenario);
      expect(plan).toHaveLength(posts.length);
      expect(posts.map(({ expectation }) => expectation)).toEqual(posts.map((_, index) => plan.at(index)?.expectation));
      expect(plan.at(posts.length)).toBeUndefined();
    },
  );

  test("who counts votes with the credentials, in the region and for the choice that the roll and the account know", async () => {
    const { roll, posts } = await planned({ ...UNNAMED, duplicatesPercent: 10, invalidPercent: 20 });
    const counting = posts.filter(({ expectation }) => expectation !== "not-counted");
    expect(counting).toHaveLength(66);
    expect(new Set(counting.map(({ body }) => body)).size).toBe(60);
    for (const { body, expectation } of counting) {
      const voter = expectation === "not-counted" ? undefined : roll[expectation.voter];
      const { nas, code, region_id: regionId = voter?.regionId } = JSON.parse(body);
      expect({ nas, code, regionId }).toEqual({ nas: voter?.nas, code: voter?.code, regionId: voter?.regionId });
    }
  });

  test("half of the strangers have a number of the wrong form; spammers never do", async () => {
    const digits = async (scenario: Scenario) =>
      (await planned(scenario, 8)).posts
        .filter(({ expectation }) => expectation === "not-counted")
        .map(({ body }) => JSON.parse(body).nas.length)
        .sort();
    expect(await digits({ ...UNNAMED, invalidPercent: 50 })).toEqual([8, 8, 9, 9]);
    expect(await digits({ ...UNNAMED, spamPercent: 50 })).toEqual([9, 9, 9, 9]);
  });

  test("each voter has an address and keeps it, spammers share theirs, and nobody names one where none is believed", async () => {
    const scenario = { ...UNNAMED, duplicatesPercent: 50, spamPercent: 100, spamPerAddress: 10 };
    const { posts } = await planned(scenario);
    const addressesOf = (those: typeof posts) => new Set(those.map(({ from }) => from));
    const voters = posts.filter(({ expectation }) => expectation !== "not-counted");
    const spammers = posts.filter(({ expectation }) => expectation === "not-counted");
    expect(addressesOf(voters).size).toBe(60);
    expect(new Set(voters.map(({ body, from }) => `${body}${from}`)).size).toBe(60);
    expect(addressesOf(spammers).size).toBe(6);
    expect(addressesOf(posts).size).toBe(66);
    expect([...addressesOf((await planned(scenario, 60, false)).posts)]).toEqual([undefined]);
  });

  test("a retry storm sends the very same bytes three times in a row", async () => {
    const { posts } = await planned({ ...UNNAMED, postsPerBallot: 3 }, 5);
    expect(posts).toHaveLength(15);
    for (let first = 0; first < posts.length; first += 3) {
      const bodies = new Set(posts.slice(first, first + 3).map(({ body }) => body));
      expect(bodies.size).toBe(1);
      expect([...bodies][0]).toContain("envelope");
    }
  });

  test("long ballots rank as many candidates as the ballot has room for", async () => {
    const { posts, roll } = await planned({ ...UNNAMED, ballots: "longest-ranked" }, 20);
    const definition = elections[2]?.definition;
    if (definition?.votingMethod !== "ranked_choice") return expect.fail("election 2 is ranked");
    for (const { body, expectation } of posts) {
      const voter = expectation === "not-counted" ? undefined : roll[expectation.voter];
      const standing = candidatesIn(definition, voter?.regionId ?? "").length;
      expect(JSON.parse(body).ranked_choices).toHaveLength(Math.min(standing, definition.maxRankings));
    }
  });

  test("a targeted spammer tries other codes for one number, after its voter has voted", async () => {
    const { roll, posts } = await planned({ ...UNNAMED, guessesPercent: 50, duplicatesPercent: 100 }, 20);
    const [victim] = roll;
    expect(posts.slice(0, 2).map(({ expectation }) => expectation)).toMatchObject([{ voter: 0 }, { voter: 0 }]);
    const guesses = posts.filter(({ expectation }) => expectation === "not-counted");
    expect(guesses).toHaveLength(10);
    for (const { body } of guesses) {
      expect(body).toContain(victim?.nas);
      expect(body).not.toContain(`"${victim?.code}"`);
    }
  });
});

describe("the record of a run", () => {
  const startedAtMs = Date.parse("2026-11-21T09:00:00Z");
  const outcome = (atMs: number, tookMs: number, status = 202) => ({ startedAtMs: startedAtMs + atMs, status, tookMs });
  const posts = [outcome(0, 10), outcome(400, 30), outcome(1200, 20), outcome(1300, 5, 403)].map((one, voter) => ({
    ...one,
    expectation: { voter, option: "a\nb" },
  }));
  const record = recordRun(
    "closing-rush",
    4,
    {
      planned: 5,
      posts,
      account: settleAccount(posts, new Map(), new Map([["a\nb", 3]])),
      endToEndMs: 1900,
      postingMs: 1305,
      latencies: { p50: 10, p95: 30, p99: 30 },
    },
    [
      { atMs: startedAtMs + 500, counted: 1, waiting: 1 },
      { atMs: startedAtMs + 1900, counted: 3, waiting: 0 },
    ],
    [outcome(100, 4, 200), outcome(200, 4, 500), undefined],
  );

  test("tells second by second what was posted, accepted, counted and waiting", () => {
    expect(record.seconds).toEqual([
      { posted: 2, accepted: 2, voters: 2, p50Ms: 10, p95Ms: 30, counted: 1, waiting: 1 },
      { posted: 2, accepted: 1, voters: 1, p50Ms: 5, p95Ms: 20, counted: 3, waiting: 0 },
      { posted: 0, accepted: 0, voters: 0, p50Ms: null, p95Ms: null, counted: 3, waiting: null },
    ]);
    expect(record).toMatchObject({ lost: 0, countedTwice: 0, counted: 3, views: { looks: 3, failed: 2 } });
  });

  test("is read back as it was written", () => {
    expect(RunRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test("a time above the objective and a failed look are told, and only they", () => {
    expect(missedObjectives(record, 29)).toHaveLength(2);
    expect(missedObjectives({ ...record, views: undefined }, 30)).toEqual([]);
    expect(missedObjectives({ ...record, views: undefined, unanswered: 1 }, 30)).toEqual([
      "25.00 % of the posts got no answer or a 5xx; it should be 0.1 %.",
    ]);
  });
});
