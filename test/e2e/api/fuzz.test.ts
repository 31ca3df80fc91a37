import fc from "fast-check";
import { beforeAll, expect, inject, test } from "vitest";
import openapi from "#functions/docs/openapi.json" with { type: "json" };
import { law } from "#test/definitions.ts";
import { type KnownValues, operationsOf, type Request } from "#test/e2e/api/openapi-fuzz.ts";
import { eventually } from "#test/e2e/api.ts";
import { register } from "#test/e2e/office.ts";

/**
 * More than a thousand valid and invalid requests generated from the API's own document: each is answered as it says.
 * A failure prints the seed and the request; `FUZZ_SEED=n` sets the seed.
 */

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_103);
/** Fewer behind an endpoint: the same code decides there, and only the way requests reach it is new. */
const RUNS = process.env.SCRUTIN_PORT === undefined ? { GET: 60, POST: 300 } : { GET: 40, POST: 150 };

/** No definition of the demonstration is a question of a paper. */
const PAPER = "fuzzed";
beforeAll(() => register(law({ electionId: `${PAPER}-law`, paper: PAPER })));

/**
 * Nobody on the roll has these numbers, so other tests' results do not change; and each has too few codes to be slowed as
 * guessing.
 */
const KNOWN: KnownValues = {
  nas: ["900000001", "900 000 002", "900-000-003"],
  code: ["FUZZ01", "fuzz02", "FUZZ03"],
  law_id: ["L2025-001", "L1999-999", "1"],
  election_id: ["1", "2", "3", "L2025-001", "99"],
  paper_id: [PAPER, "town", "1"],
  tracking_code: ["ABCDE FGHIJ KLMNO PQRST", "abcdefghijklmnopqrst", "AAAAA"],
  region_id: ["1", "2", "3", "99", "all"],
  candidate_id: ["1", "2", "3", "A1", "99"],
  ranked_choices: ["A1", "A2", "1"],
  vote: ["oui", "Non", "blank", "peut-être"],
};

async function askOnce({ method, path, headers, body }: Request) {
  const response = await fetch(`${inject("url")}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: Buffer.from(body.toWellFormed()) }),
  });
  const contentType = response.headers.get("content-type") ?? "";
  return { status: response.status, contentType, text: await response.text() };
}

/** A part that a full machine kept waiting makes the service busy for a moment, or its health fail: 503, to be asked again. */
const ask = (request: Request) =>
  eventually(
    () => askOnce(request),
    ({ status }) => status !== 503,
  );

const operations = operationsOf(openapi, KNOWN);

test.concurrent.for(operations)(
  "$title answers as documented, whatever it is sent",
  async ({ title, requests, faultOf }) => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const { status, contentType, text } = await ask(request);
        statuses.add(status);
        const fault = faultOf(status, contentType, text);
        if (fault !== undefined) throw new Error(`${fault}\n${status} ${contentType} ${text.slice(0, 400)}`);
      }),
      { seed: SEED, numRuns: title.startsWith("POST") ? RUNS.POST : RUNS.GET },
    );
    // Some requests must get past the checks.
    if (!title.includes("/votes/")) expect([...statuses].some((status) => status < 300)).toBe(true);
  },
);

test("an answer that the document does not describe would be found", () => {
  const [vote] = operations;
  const problem = JSON.stringify({ type: "/api/v1/docs#x", title: "x", status: 400, detail: "x" });
  expect(vote?.faultOf(400, "application/problem+json; charset=utf-8", problem)).toBeUndefined();
  expect(vote?.faultOf(400, "application/json", problem)).toContain("content type");
  expect(vote?.faultOf(418, "application/problem+json", problem)).toContain("not documented");
  expect(vote?.faultOf(500, "application/problem+json", problem)).toContain("server error");
  expect(vote?.faultOf(400, "application/problem+json", '{"title":"x"}')).toContain("required");
});
