import { expect, test } from "vitest";
import type { Tally } from "#core/results.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { OPENING, race } from "#test/definitions.ts";
import { publishedInMemory } from "#test/storage/published-memory.ts";

/** Results with a clock that the test moves, on tallies in memory that count their reads. */
function polls() {
  const definition = race({ opensAt: "2026-01-01T00:00:00Z", closesAt: "2026-01-02T00:00:00Z", results: "live" });
  const election: RegisteredElection = { definition, publicKey: "", opening: OPENING, rollCounts: new Map() };
  let nowMs = Date.parse("2026-01-01T12:00:00Z");
  let reads = 0;
  const answers = createResultsHandler({
    elections: { find: async () => election, list: async () => [election] },
    tallies: {
      turnoutOf: async () => new Map(),
      async ofElection(): Promise<ReadonlyMap<string, Tally>> {
        reads++;
        return new Map();
      },
    },
    published: publishedInMemory(),
    box: { standingBallot: async () => undefined },
    secrets: { bytesIfAny: async () => undefined },
    receiptKeyPrefix: "",
    now: () => nowMs,
  });
  const event = {
    routeKey: "GET /api/v1/elections/{election_id}/results",
    headers: {},
    pathParameters: { election_id: definition.electionId },
  } as unknown as HttpEvent;
  return {
    reads: () => reads,
    later: (ms: number) => {
      nowMs += ms;
    },
    look: () => answers(event, {} as Parameters<typeof answers>[1]),
  };
}

test("however many viewers there are within two seconds, the tallies are read once", async () => {
  const { reads, later, look } = polls();
  const first = await Promise.all(Array.from({ length: 200 }, look));
  expect(first.every(({ statusCode }) => statusCode === 200)).toBe(true);
  later(1_999);
  await look();
  expect(reads()).toBe(1);
});

test("after two seconds the tallies are read again, once", async () => {
  const { reads, later, look } = polls();
  await look();
  later(2_000);
  await Promise.all(Array.from({ length: 200 }, look));
  expect(reads()).toBe(2);
});
