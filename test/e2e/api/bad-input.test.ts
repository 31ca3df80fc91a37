import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import { law } from "#test/definitions.ts";
import { cast, get, post, refusal, url } from "#test/e2e/api.ts";
import { functionLogs } from "#test/e2e/logs.ts";
import { register } from "#test/e2e/office.ts";
import { credentials, voter } from "#test/e2e/voters.ts";

/** Whatever is sent: no 5xx, no stack trace, no credential echoed or logged. */

const LAW_VOTE = { ...credentials(voter(10)), law_id: "L2025-001", vote: "oui" };
const RACE_VOTE = { ...credentials(voter(10)), election_id: 1, region_id: 1, candidate_id: 1 };
const DROP_TABLE = "'; DROP TABLE votes";
const law1 = (change: object) => ({ ...LAW_VOTE, ...change });
const race1 = (change: object) => ({ ...RACE_VOTE, ...change });
const without = (body: Record<string, unknown>, field: string) => {
  const { [field]: _, ...rest } = body;
  return rest;
};

const sent: string[] = [];

async function refused(path: string, body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await post(path, text);
  const problem = await refusal(response);
  const answer = JSON.stringify(problem);
  expect(problem.status).toBe(response.status);
  expect(answer).not.toMatch(/ {4}at |node_modules|\.ts:\d/);
  for (const typed of [LAW_VOTE.nas, LAW_VOTE.code, DROP_TABLE]) expect(answer).not.toContain(typed);
  sent.push(text);
  return problem;
}

const fields = ({ errors }: { errors?: readonly { field: string }[] | undefined }) =>
  errors?.map(({ field }) => field) ?? [];

test.each([
  ["a form", "/vote", "application/x-www-form-urlencoded"],
  ["plain text", "/elections/vote", "text/plain;charset=UTF-8"],
  ["plain text", "/board", "text/plain"],
  ["no type", "/vote", ""],
])("JSON sent as %s to %s, as every web page can, is refused and not recorded", async (_, path, type) => {
  const response = await post(`/api/v1${path}`, LAW_VOTE, { "content-type": type, "accept-language": "fr" });
  expect(await refusal(response)).toMatchObject({ status: 415, type: expect.stringMatching(/#not-json$/) });
  expect(response.headers.get("content-language")).toBe("fr");
});

describe("a request to vote", () => {
  test.each<[string, string, unknown, number, string, readonly string[]]>([
    ["malformed JSON", "/vote", '{"nas": ', 400, "malformed-json", []],
    ["no body", "/vote", "", 400, "malformed-json", []],
    ["a list in place of an object", "/vote", [], 400, "invalid-request", ["body"]],
    ["a number in place of a NAS", "/vote", law1({ nas: 123456789 }), 400, "invalid-request", ["nas"]],
    ["an object in place of a code", "/vote", law1({ code: {} }), 400, "invalid-request", ["code"]],
    ["a missing NAS", "/vote", without(LAW_VOTE, "nas"), 400, "invalid-request", ["nas"]],
    ["a missing choice", "/vote", without(LAW_VOTE, "vote"), 400, "invalid-request", ["vote"]],
    ["a missing law", "/vote", without(LAW_VOTE, "law_id"), 400, "invalid-request", ["law_id"]],
    ["a field nobody knows", "/vote", law1({ admin: true }), 400, "invalid-request", ["admin"]],
    ["a NAS of 8 digits", "/vote", law1({ nas: "12345678" }), 400, "invalid-request", ["nas"]],
    ["a code of SQL", "/vote", law1({ code: DROP_TABLE }), 400, "invalid-request", ["code"]],
    ["an answer that is neither oui nor non", "/vote", law1({ vote: "peut-être" }), 400, "invalid-request", ["vote"]],
    ["an unknown law", "/vote", law1({ law_id: "L1999-999" }), 404, "unknown-election", []],
    ["an election where a law is asked for", "/vote", law1({ law_id: "1" }), 404, "unknown-election", []],
    ["a law id that is none", "/vote", law1({ law_id: "../../etc" }), 400, "invalid-request", ["law_id"]],
    ["an unknown election", "/elections/vote", race1({ election_id: 99 }), 404, "unknown-election", []],
    ["an unknown region", "/elections/vote", race1({ region_id: 99 }), 400, "invalid-request", ["region_id"]],
    [
      "an unknown candidate",
      "/elections/vote",
      race1({ candidate_id: 9999 }),
      400,
      "invalid-request",
      ["candidate_id"],
    ],
    [
      "another method",
      "/elections/vote",
      race1({ voting_method: "ranked_choice" }),
      400,
      "invalid-request",
      ["voting_method"],
    ],
    [
      "two choices at once",
      "/elections/vote",
      race1({ ranked_choices: [1, 2] }),
      400,
      "invalid-request",
      ["candidate_id"],
    ],
    [
      "a candidate ranked twice",
      "/elections/vote",
      { ...without(race1({ election_id: 2 }), "candidate_id"), ranked_choices: ["A1", "A1"] },
      400,
      "invalid-request",
      ["ranked_choices"],
    ],
    [
      "a truncated envelope",
      "/vote",
      { ...without(LAW_VOTE, "vote"), envelope: "AAAA" },
      400,
      "invalid-request",
      ["envelope"],
    ],
    [
      "a one-time key and a signature but no envelope",
      "/vote",
      { ...LAW_VOTE, one_time_key: "A".repeat(43), signature: "A".repeat(86) },
      400,
      "invalid-request",
      ["one_time_key", "signature"],
    ],
    [
      "an envelope that is not base64url",
      "/vote",
      { ...without(LAW_VOTE, "vote"), envelope: "*".repeat(72) },
      400,
      "invalid-request",
      ["envelope"],
    ],
  ])("with %s is refused by field", async (_, path, body, status, slug, named) => {
    const problem = await refused(`/api/v1${path}`, body);
    expect(problem).toMatchObject({ status, type: `/api/v1/docs#${slug}` });
    expect(fields(problem)).toEqual(named);
  });

  test("for a candidate from another region is refused", async () => {
    const elsewhere = await (await get("/api/v1/elections/1/regions/2/candidates")).json();
    const problem = await refused("/api/v1/elections/vote", race1({ candidate_id: elsewhere[0].candidate_id }));
    expect(fields(problem)).toEqual(["candidate_id"]);
  });

  test.each([
    ["1 MB", 1024 * 1024],
    ["11 MB", 11 * 1024 * 1024],
  ])("of %s is refused as too large", async (_, bytes) => {
    const response = await post("/api/v1/vote", law1({ code: "A".repeat(bytes) }));
    expect(response.status).toBe(413);
  });

  describe("outside voting hours", () => {
    beforeAll(async () => {
      await register(law({ electionId: "L-upcoming", opensAt: "2098-01-01T00:00:00Z" }));
      await register(law({ electionId: "L-closed", closesAt: "2025-06-01T00:00:00Z" }));
    });

    test("before opening is told when voting opens", async () => {
      const problem = await refused("/api/v1/vote", law1({ law_id: "L-upcoming" }));
      expect(problem).toMatchObject({
        status: 403,
        type: "/api/v1/docs#not-open-yet",
        detail: expect.stringContaining("2097"),
      });
    });

    test("after closing is told when voting closed", async () => {
      const problem = await refused("/api/v1/vote", law1({ law_id: "L-closed" }));
      expect(problem).toMatchObject({
        status: 403,
        type: "/api/v1/docs#voting-closed",
        detail: expect.stringContaining("2025"),
      });
    });
  });
});

describe("a request for a ballot's status", () => {
  test("with a request id that is tampered with, truncated or made up finds nothing", async () => {
    const { request_id } = await cast("/api/v1/vote", { ...credentials(voter(11)), law_id: "L2025-001", vote: "oui" });
    const flipped = `${request_id.slice(0, -2)}${request_id.at(-2) === "A" ? "B" : "A"}${request_id.at(-1)}`;
    for (const id of [flipped, request_id.slice(0, 40), "x", "%00", "A".repeat(5000)]) {
      expect(await refusal(await get(`/api/v1/votes/${id}`))).toMatchObject({
        status: 404,
        type: "/api/v1/docs#unknown-request",
      });
    }
  });
});

describe("any other request", () => {
  test.each([
    ["GET", "/api/v1/results/none", "unknown-election"],
    ["GET", "/api/v1/elections/none", "unknown-election"],
    ["GET", "/api/v1/elections/L2025-001/results", "unknown-election"],
    ["GET", "/api/v1/elections/1/regions/9/results", "unknown-region"],
    ["GET", "/api/v1/elections/1/regions/9/candidates", "unknown-region"],
    ["GET", "/api/v1/elections/1/", "no-such-route"],
    ["DELETE", "/api/v1/nothing", "no-such-route"],
    ["GET", "/api/v1/nothing", "no-such-route"],
  ])("%s %s answers a problem document", async (method, path, slug) => {
    expect((await refusal(await fetch(url(path), { method }))).type).toBe(`/api/v1/docs#${slug}`);
  });
});

test.each([
  "/api/v1/results",
  "/api/v1/results/L2025-001",
  "/api/v1/elections/1/results",
  "/api/v1/elections/1/regions/1/results",
])("%s is not shown to a request id that cannot be one", async (path) => {
  const answer = await fetch(url(path), { headers: { "scrutin-request-id": "no, not this" } });
  expect((await refusal(answer)).errors?.map(({ field }) => field)).toEqual(["scrutin-request-id"]);
});

/** With any method; fetch sends no TRACE. */
async function ask(method: string, path: string) {
  const asked = request(url(path), { method }).end();
  const [answer]: IncomingMessage[] = await once(asked, "response");
  if (answer === undefined) throw new Error("no answer");
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

describe("a method that an address does not take", () => {
  test.each([
    ["TRACE", "/api/v1/health", "GET, HEAD"],
    ["DELETE", "/api/v1/vote", "POST"],
    ["PROPFIND", "/api/v1/elections/1/regions/1/results", "GET, HEAD"],
    ["PUT", "/api/v1/docs", "GET, HEAD"],
    ["GET", "/api/v1/elections/vote", "POST"],
    ["TRACE", "/api/v1/elections/vote", "POST"],
    ["TRACE", "/en/", "GET, HEAD"],
  ])("is refused, and the others are listed: %s %s", async (method, path, allowed) => {
    expect(await ask(method, path)).toMatchObject({ status: 405, headers: { allow: allowed } });
  });
});

test.each([
  "/api/v1/elections/1",
  "/api/v1/regions",
  "/api/v1/results/L2025-001",
  "/api/v1/openapi.json",
  "/api/v1/docs",
])("HEAD %s answers as GET does, without a body", async (path) => {
  const { status, headers } = await get(path);
  expect(await ask("HEAD", path)).toMatchObject({
    status,
    text: "",
    headers: { "content-type": headers.get("content-type"), "cache-control": headers.get("cache-control") },
  });
});

test("nothing that was typed is in any log line", async () => {
  const logs = [...(await functionLogs()).values()].join("\n");
  expect(sent.length).toBeGreaterThan(20);
  expect(logs).toContain("VotesSubmitted");
  for (const typed of [LAW_VOTE.nas, LAW_VOTE.code, voter(11).nas, voter(11).code, "DROP TABLE"]) {
    expect(logs).not.toContain(typed);
  }
});
