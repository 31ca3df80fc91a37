import { describe, expect, test } from "vitest";
import { BoardAnswer } from "#functions/board/contract.ts";
import { TurnoutOverTime } from "#functions/results/contract.ts";
import { law } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf, post, refusal } from "#test/e2e/api.ts";
import { openPolls } from "#test/e2e/polls.ts";
import { credentials, voter } from "#test/e2e/voters.ts";

const LAW = "L2025-001";

async function ask(trackingCode: string): Promise<BoardAnswer> {
  const response = await post("/api/v1/board", { tracking_code: trackingCode });
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  return BoardAnswer.parse(await response.json());
}

describe("the board", () => {
  test("a counted ballot is found by its tracking code, however the code is typed", async () => {
    const receipt = await cast("/api/v1/vote", { ...credentials(voter(60)), law_id: LAW, vote: "oui" });
    const found = await eventually(
      () => ask(receipt.tracking_code),
      ({ status }) => status === "in_the_box",
    );
    expect(found).toMatchObject({ tracking_code: receipt.tracking_code, election_id: LAW });

    const written = receipt.tracking_code.toLowerCase().replaceAll(/(.{4})(?=.)/g, "$1-");
    expect((await ask(` ${written} `)).status).toBe("in_the_box");
    const misread = receipt.tracking_code.replaceAll("O", "0").replaceAll("B", "8").replace(/[IL]/, "1");
    expect((await ask(misread)).status).toBe("in_the_box");
  });

  test("a second ballot from the same voter is not on the board", async () => {
    const first = await cast("/api/v1/vote", { ...credentials(voter(61)), law_id: LAW, vote: "oui" });
    const second = await cast("/api/v1/vote", { ...credentials(voter(61)), law_id: LAW, vote: "non" });
    const outcomes = await Promise.all([outcomeOf(first), outcomeOf(second)]);
    const codeOf = (status: string) => outcomes.find((one) => one.status === status)?.tracking_code ?? "";
    await eventually(
      () => ask(codeOf("accepted")),
      ({ status }) => status === "in_the_box",
    );
    expect(await ask(codeOf("duplicate"))).toMatchObject({ status: "not_found", election_id: null });
  });

  test("an invalid tracking code is refused with its field named, and nothing else is revealed", async () => {
    for (const tracking_code of ["", "ABCDE", "ABCDE FGHIJ KLMNO PQRS!", "A".repeat(60)]) {
      const problem = await refusal(await post("/api/v1/board", { tracking_code }));
      expect(problem).toMatchObject({ status: 400, errors: [{ field: "tracking_code" }] });
    }
    expect((await refusal(await post("/api/v1/board", "{"))).status).toBe(400);
    expect((await refusal(await post("/api/v1/board", { tracking_code: "A".repeat(5000) }))).status).toBe(413);
  });
});

describe("turnout over time", () => {
  const turnoutOf = async (id: string) =>
    TurnoutOverTime.parse(await (await get(`/api/v1/elections/${id}/turnout`)).json());

  test("grows with every ballot in the box, and with nothing else", async () => {
    const law_id = "L-turnout";
    await openPolls(law({ electionId: law_id }), [voter(62), voter(63), voter(64)]);
    const vote = (n: number) => cast("/api/v1/vote", { ...credentials(voter(n)), law_id, vote: "non" });
    for (const n of [62, 63]) expect((await outcomeOf(await vote(n))).status).toBe("accepted");
    expect((await outcomeOf(await vote(62))).status).toBe("duplicate");
    // Not asked for earlier: an answer is cached for ten seconds.
    const after = await eventually(
      () => turnoutOf(law_id),
      ({ points }) => points.at(-1)?.ballots === 2,
    );
    const last = after.points.at(-1);
    expect(Date.parse(last?.until ?? "")).toBeGreaterThan(Date.now() - 60_000);
    expect(after.on_roll).toBe(3);
    expect(last?.percentage).toBe(66.67);
  });

  test("an unknown election has none", async () => {
    expect((await refusal(await get("/api/v1/elections/nowhere/turnout"))).status).toBe(404);
  });
});
