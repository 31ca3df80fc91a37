import { beforeAll, describe, expect, test } from "vitest";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { law, race } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { register } from "#test/e2e/office.ts";
import { openPolls, untilSetAside } from "#test/e2e/polls.ts";
import { credentials, type Voter, votersIn } from "#test/e2e/voters.ts";

/** What of a result is shown to whom, and when. The API decides, not the page. */

const region1 = votersIn("1", 0, 12);
const region2 = votersIn("2", 0, 12);
const [first, second, third] = region1 as [Voter, Voter, Voter];

const lawVote = (lawId: string, who: Voter, vote: string) =>
  cast("/api/v1/vote", { ...credentials(who), law_id: lawId, vote });
const raceVote = (electionId: string, who: Voter, candidateId: string) =>
  cast("/api/v1/elections/vote", {
    ...credentials(who),
    election_id: electionId,
    region_id: who.region,
    candidate_id: candidateId,
  });

const asVoter = (requestId: string) => ({ "scrutin-request-id": requestId });
const lawAsSeen = async (lawId: string, headers: Record<string, string> = {}) =>
  LawResults.parse(await (await get(`/api/v1/results/${lawId}`, headers)).json());
const raceAsSeen = async (path: string) =>
  ElectionResults.parse(await (await get(`/api/v1/elections/${path}/results`)).json());

describe("a result shown after voting", () => {
  const LAW = "L-after-vote";
  const OTHER = "L-after-vote-too";
  let accepted: string;
  beforeAll(async () => {
    await openPolls(law({ electionId: LAW, results: "after_vote" }), region1);
    await openPolls(law({ electionId: OTHER, results: "after_vote" }), region1);
    const receipt = await lawVote(LAW, first, "oui");
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    accepted = receipt.request_id;
  });

  test("is withheld from everyone else, who see its turnout and an undecided outcome", async () => {
    const response = await get(`/api/v1/results/${LAW}`);
    expect(response.headers.get("cache-control")).toMatch(/^public/);
    expect(response.headers.get("vary")).toContain("scrutin-request-id");
    expect(LawResults.parse(await response.json())).toMatchObject({
      withheld: "after-vote",
      oui: null,
      total: null,
      percentages: { oui: null, non: null },
      turnout: { on_roll: region1.length },
      outcome: { kind: "undecided" },
    });
  });

  test("is shown live to a voter whose ballot was accepted, in an answer that must not be cached", async () => {
    const seen = await eventually(
      () => lawAsSeen(LAW, asVoter(accepted)),
      ({ oui }) => oui === 1,
    );
    expect(seen).toMatchObject({ withheld: null, oui: 1, non: 0, outcome: { kind: "undecided" } });
    const { headers } = await get(`/api/v1/results/${LAW}`, asVoter(accepted));
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect(headers.get("vary")).toContain("scrutin-request-id");
  });

  test("is shown in the list of laws, for the law voted on only", async () => {
    const listed = async () => {
      const list = LawResults.array().parse(await (await get("/api/v1/results", asVoter(accepted))).json());
      return new Map(list.map(({ law_id, withheld: why }) => [law_id, why]));
    };
    // The list of elections is kept for seconds.
    const withheld = await eventually(listed, (laws) => laws.has(LAW) && laws.has(OTHER));
    expect(withheld.get(LAW)).toBeNull();
    expect(withheld.get(OTHER)).toBe("after-vote");
  });

  test("is withheld after a ballot on another law, a duplicate, an invalid attempt or a made-up request id", async () => {
    expect((await lawAsSeen(OTHER, asVoter(accepted))).withheld).toBe("after-vote");
    const duplicate = await lawVote(LAW, first, "non");
    const invalid = await lawVote(LAW, { nas: "000000000", code: "ZZZZZZ", region: "1" }, "oui");
    expect((await outcomeOf(duplicate)).status).toBe("duplicate");
    expect((await outcomeOf(invalid)).status).toBe("invalid");
    const tampered = `${accepted.slice(0, -2)}${accepted.at(-2) === "A" ? "B" : "A"}${accepted.at(-1)}`;
    for (const requestId of [duplicate.request_id, invalid.request_id, tampered, "x", "A".repeat(200)]) {
      const response = await get(`/api/v1/results/${LAW}`, asVoter(requestId));
      expect(response.headers.get("cache-control")).toMatch(/^public/);
      expect(LawResults.parse(await response.json()).withheld).toBe("after-vote");
    }
  });
});

describe("a live result", () => {
  const RACE = "E-minimum";
  beforeAll(() => openPolls(race({ electionId: RACE, minimumBallots: 3 }), [...region1, ...region2]));

  test("of a region with too few ballots is withheld, and left out of the sum, the seats and the turnout", async () => {
    for (const who of [first, second, third]) await raceVote(RACE, who, "1");
    await untilSetAside(RACE, "1", 3);
    // Three more, so that neither these nor those before can be told apart from fewer.
    for (const who of region1.slice(3, 6)) await raceVote(RACE, who, "2");
    await raceVote(RACE, region2[0] as Voter, "3");
    await raceVote(RACE, region2[1] as Voter, "3");
    const all = await eventually(
      () => raceAsSeen(RACE),
      ({ total, turnout }) => total === 3 && turnout.ballots === 3,
    );
    expect(all).toMatchObject({
      withheld: null,
      regions_withheld: ["2"],
      seats: [{ region_id: "1", kind: "elected", candidate_ids: ["1"] }],
    });
    expect(all.seats_by_party).toMatchObject([{ party: { en: "Party" }, seats: 1 }]);
    expect(await raceAsSeen(`${RACE}/regions/2`)).toMatchObject({
      withheld: "minimum-ballots",
      total: null,
      turnout: { ballots: 0 },
    });
    // Another process answers from what it read up to two seconds ago.
    const region = await eventually(
      () => raceAsSeen(`${RACE}/regions/1`),
      ({ withheld }) => withheld === null,
    );
    expect(region.total).toBe(3);
  });

  test("is shown from that threshold on, once as many ballots again are counted, and turnout with it", async () => {
    await raceVote(RACE, region2[2] as Voter, "3");
    await untilSetAside(RACE, "2", 3);
    for (const who of region2.slice(3, 6)) await raceVote(RACE, who, "3");
    const all = await eventually(
      () => raceAsSeen(RACE),
      ({ total }) => total === 6,
    );
    expect(all).toMatchObject({ regions_withheld: [], turnout: { ballots: 6, on_roll: 24, percentage: 25 } });
    expect(all.seats).toHaveLength(2);
  });
});

test("a result shown after voting is shown to each voter in the same steps, whichever ballot is theirs", async () => {
  const LAW = "L-after-vote-steps";
  await openPolls(law({ electionId: LAW, results: "after_vote", minimumBallots: 2 }), region1);
  const vote = async (who: Voter, choice: string): Promise<string> => {
    const receipt = await lawVote(LAW, who, choice);
    expect((await outcomeOf(receipt)).status).toBe("accepted");
    return receipt.request_id;
  };
  const [one, other] = await Promise.all([vote(first, "oui"), vote(second, "oui")]);
  await untilSetAside(LAW, "all", 2);
  await Promise.all([vote(third, "non"), vote(region1[3] as Voter, "non")]);
  await untilSetAside(LAW, "all", 4);
  // Nobody may learn what this one says, not even with their own ballot.
  const last = await vote(region1[4] as Voter, "oui");
  for (const requestId of [one, other, last]) {
    const seen = await eventually(
      () => lawAsSeen(LAW, asVoter(requestId)),
      ({ total }) => total !== null,
    );
    expect(seen).toMatchObject({ withheld: null, oui: 2, non: 0, total: 2, turnout: { ballots: 2 } });
  }
});

test("a result shown after closing has its turnout shown in steps, even for a voter", async () => {
  const LAW = "L-after-close";
  await openPolls(law({ electionId: LAW, results: "after_close", minimumBallots: 2 }), region1);
  const vote = async (voters: readonly Voter[]) => {
    const receipts = await Promise.all(voters.map((who) => lawVote(LAW, who, "oui")));
    for (const receipt of receipts) expect((await outcomeOf(receipt)).status).toBe("accepted");
    return receipts;
  };
  const receipts = await vote([first, second]);
  await untilSetAside(LAW, "all", 2);
  await vote(region1.slice(2, 5));
  const seen = await eventually(
    () => lawAsSeen(LAW, asVoter(receipts[0]?.request_id ?? "")),
    ({ turnout }) => turnout.ballots > 0,
  );
  expect(seen).toMatchObject({ withheld: "after-close", oui: null, turnout: { ballots: 2 } });
});

test("a law without votes is rejected at closing, or misses its quorum if it has one", async () => {
  const closed = { closesAt: "2025-06-01T00:00:00Z" };
  await register(law({ electionId: "L-no-votes", ...closed }));
  await register(law({ electionId: "L-quorum", quorum: 0.25, ...closed }));
  expect((await lawAsSeen("L-no-votes")).outcome).toMatchObject({ kind: "rejected", quorum: null });
  expect((await lawAsSeen("L-quorum")).outcome).toMatchObject({ kind: "quorum-not-reached", quorum: 25 });
});
