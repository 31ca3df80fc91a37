import { describe, expect, test } from "vitest";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { chooseRace, law, race, rankedRace } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf, post, statusOf } from "#test/e2e/api.ts";
import { openPolls } from "#test/e2e/polls.ts";
import { credentials, voter, votersIn } from "#test/e2e/voters.ts";

const LAW = "L2025-001";

async function lawResults(): Promise<LawResults> {
  return LawResults.parse(await (await get(`/api/v1/results/${LAW}`)).json());
}

async function electionResults(path: string): Promise<ElectionResults> {
  return ElectionResults.parse(await (await get(`/api/v1/elections/${path}/results`)).json());
}

const votesOf = ({ candidates }: ElectionResults, id: string): number =>
  candidates.find(({ candidate_id }) => candidate_id === id)?.votes ?? -1;

describe("a law", () => {
  test("a ballot from the README's voter is accepted and counted", async () => {
    const before = await lawResults();
    const receipt = await cast("/api/v1/vote", { ...credentials(voter(0)), law_id: LAW, vote: "oui" });
    expect(receipt.status).toBe("queued");
    expect(receipt.tracking_code).toMatch(/^[A-Z2-7]{20}$/);
    const outcome = await outcomeOf(receipt);
    expect(outcome).toMatchObject({ status: "accepted", tracking_code: receipt.tracking_code });
    const after = await eventually(lawResults, ({ oui }) => (oui ?? 0) > (before.oui ?? 0));
    expect(after.turnout.on_roll).toBe(1001);
  });

  test("a ballot adds one to its answer and nothing to any other", async () => {
    await openPolls(law({ electionId: "L-one-ballot" }), [voter(5)]);
    const receipt = await cast("/api/v1/vote", { ...credentials(voter(5)), law_id: "L-one-ballot", vote: "oui" });
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    const results = async () => LawResults.parse(await (await get("/api/v1/results/L-one-ballot")).json());
    const after = await eventually(results, ({ oui }) => oui !== 0);
    expect(after).toMatchObject({ oui: 1, non: 0, spoiled: 0, total: 1 });
  });

  test("a second ballot from the same voter changes nothing, and the voter is told so, with the number of attempts; only the first receipt tells when the first was received", async () => {
    const first = await cast("/api/v1/vote", { ...credentials(voter(1)), law_id: LAW, vote: "non" });
    expect(await outcomeOf(first)).toMatchObject({
      status: "accepted",
      received_at: expect.stringMatching(/:00(?:\.000)?Z$/),
    });
    for (const attempts of [2, 3]) {
      const again = await cast("/api/v1/vote", { ...credentials(voter(1)), law_id: LAW, vote: "oui" });
      const outcome = await outcomeOf(again);
      expect(outcome).toMatchObject({ status: "duplicate", attempt_count: attempts });
      expect(JSON.stringify(outcome)).not.toMatch(/\d\d:\d\d/);
    }
    expect((await statusOf(first.request_id)).status).toBe("accepted");
  });

  test("spaces, dashes and case in credentials do not matter", async () => {
    const { nas, code } = voter(2);
    const spaced = `${nas.slice(0, 3)} ${nas.slice(3, 6)}-${nas.slice(6)}`;
    const first = await cast("/api/v1/vote", { nas: spaced, code: code.toLowerCase(), law_id: LAW, vote: "OuI" });
    expect((await outcomeOf(first)).status).toBe("accepted");
    const again = await cast("/api/v1/vote", { nas, code, law_id: LAW, vote: "oui" });
    expect((await outcomeOf(again)).status).toBe("duplicate");
  });

  test("credentials not on the roll are invalid, and nothing is counted for them", async () => {
    const receipt = await cast("/api/v1/vote", { nas: "000000000", code: "ZZZZZZ", law_id: LAW, vote: "oui" });
    expect(await outcomeOf(receipt)).toMatchObject({ status: "invalid", reason: "unknown-credentials" });
  });

  test("the results of all laws are in one list", async () => {
    const list = LawResults.array().parse(await (await get("/api/v1/results")).json());
    expect(list.map(({ law_id }) => law_id)).toContain(LAW);
  });
});

describe("an election by region", () => {
  test("numbers are read as ids, and the vote counts in its region and in the total", async () => {
    const [one] = votersIn("1", 5, 1);
    if (one === undefined) throw new Error("no demo voter in region 1");
    await openPolls(race({ electionId: "100" }), [one]);
    const ballot = { election_id: 100, region_id: 1, candidate_id: 1, voting_method: "single_choice" };
    const receipt = await cast("/api/v1/elections/vote", { ...credentials(one), ...ballot });
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    const isCounted = (now: ElectionResults) => votesOf(now, "1") === 1;
    const region = await eventually(() => electionResults("100/regions/1"), isCounted);
    expect(region.total).toBe(1);
    const all = await eventually(() => electionResults("100"), isCounted);
    expect(all).toMatchObject({ region_id: null, total: 1 });
    expect(all.candidates[0]).toMatchObject({
      candidate_id: "1",
      name: expect.any(String),
      colour: expect.stringMatching(/^#/),
    });
  });

  test("a ballot in the wrong region is invalid, and does not use up the right to vote", async () => {
    const [one] = votersIn("2", 20, 1);
    if (one === undefined) throw new Error("no demo voter in region 2");
    const astray = await cast("/api/v1/elections/vote", {
      ...credentials(one),
      election_id: 1,
      region_id: 1,
      candidate_id: 1,
    });
    expect(await outcomeOf(astray)).toMatchObject({ status: "invalid", reason: "wrong-region" });
    const candidates = await (await get("/api/v1/elections/1/regions/2/candidates")).json();
    const home = await cast("/api/v1/elections/vote", {
      ...credentials(one),
      election_id: "1",
      region_id: "2",
      candidate_id: candidates[0].candidate_id,
    });
    expect((await outcomeOf(home)).status).toBe("accepted");
    expect((await statusOf(astray.request_id)).status).toBe("invalid");
  });

  test("a ballot that marks several names is accepted, and is a vote for each", async () => {
    const [one] = votersIn("1", 21, 1);
    if (one === undefined) throw new Error("no demo voter in region 1");
    await openPolls(chooseRace({ electionId: "201" }), [one]);
    const ballot = { ...credentials(one), election_id: 201, region_id: 1, voting_method: "choose" };
    for (const [ids, message] of [
      [[1, 1], "Name each candidate once."],
      [[1, 3], "This candidate does not stand in this region."],
      [[], "Name at least one candidate."],
    ] as const) {
      const refused = await post("/api/v1/elections/vote", { ...ballot, candidate_ids: ids });
      expect(refused.status).toBe(400);
      expect((await refused.json()).errors).toEqual([{ field: "candidate_ids", message }]);
    }
    const receipt = await cast("/api/v1/elections/vote", { ...ballot, candidate_ids: ["2", 1] });
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    const after = await eventually(
      () => electionResults("201/regions/1"),
      (now) => votesOf(now, "2") === 1,
    );
    expect(after).toMatchObject({ total: 1, voting_method: "choose" });
    expect(votesOf(after, "1")).toBe(1);
    expect(after.outcome).toEqual({
      kind: "tie",
      candidate_ids: ["1", "2"],
      tie_over: "win",
      elected: [],
      open_seats: 1,
    });
  });

  test("a ranked ballot is accepted, and counts for its first preference", async () => {
    const [one] = votersIn("1", 6, 1);
    if (one === undefined) throw new Error("no demo voter in region 1");
    await openPolls(rankedRace({ electionId: "200" }), [one]);
    const receipt = await cast("/api/v1/elections/vote", {
      ...credentials(one),
      election_id: 200,
      region_id: 1,
      ranked_choices: [2, 1],
      voting_method: "ranked_choice",
    });
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    const after = await eventually(
      () => electionResults("200/regions/1"),
      (now) => votesOf(now, "2") === 1,
    );
    expect(after.rounds?.[0]).toMatchObject({ round: 1, continuing: 1, exhausted: 0 });
    expect(after.outcome).toMatchObject({ kind: "elected" });
  });
});

describe("elections", () => {
  test("definitions, regions and candidates can be read", async () => {
    const elections = await (await get("/api/v1/elections")).json();
    expect(elections.map(({ election_id }: { election_id: string }) => election_id)).toEqual(
      expect.arrayContaining(["1", "2", LAW]),
    );
    const one = await (await get("/api/v1/elections/1")).json();
    expect(one).toMatchObject({
      voting_method: "single_choice",
      status: "open",
      public_key: expect.stringMatching(/^[\w-]{43}$/),
    });
    const regions: { election_ids: readonly string[] }[] = await (await get("/api/v1/regions")).json();
    // Elections of other tests may have regions of their own.
    expect(regions.filter(({ election_ids }) => election_ids.includes("1"))).toHaveLength(3);
    const candidates = await (await get("/api/v1/elections/1/regions/1/candidates")).json();
    expect(candidates[0]).toMatchObject({
      candidate_id: "1",
      first_name: expect.any(String),
      bio: { fr: expect.any(String) },
    });
  });

  test("every part is healthy, and the API is documented for machines and people", async () => {
    const health = await eventually(
      () => get("/api/v1/health"),
      ({ status }) => status === 200,
    );
    expect((await health.json()).status).toBe("ok");
    const document = await (await get("/api/v1/openapi.json")).json();
    expect(document.openapi).toBe("3.1.0");
    const page = await get("/api/v1/docs");
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).toContain("/api/v1/vote");
  });

  test("answers come in the language requested", async () => {
    const response = await post(
      "/api/v1/vote",
      { ...credentials(voter(3)), law_id: LAW, vote: "oui" },
      { "accept-language": "fr-CA,fr;q=0.9" },
    );
    expect((await response.json()).message).toContain("Votre bulletin");
  });

  test("results may be cached for seconds, a receipt never", async () => {
    expect((await get(`/api/v1/results/${LAW}`)).headers.get("cache-control")).toMatch(
      /max-age=2, stale-while-revalidate/,
    );
    const receipt = await post("/api/v1/vote", { ...credentials(voter(4)), law_id: LAW, vote: "oui" });
    expect(receipt.headers.get("cache-control")).toBe("no-store");
  });
});
