import { expect, test } from "vitest";
import { SPOILED } from "#core/selection.ts";
import type { LawResults } from "#functions/results/contract.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { law, OPENING } from "#test/definitions.ts";
import { publishedInMemory } from "#test/storage/published-memory.ts";

const CLOSES_AT = "2026-01-02T00:00:00Z";

/** The results of a law with a quorum of a half and ten voters, a while after its closing. */
async function resultsWith(
  tally: Readonly<Record<string, number>>,
  received: number,
  elsewhere = 0,
): Promise<LawResults> {
  const definition = law({ opensAt: "2026-01-01T00:00:00Z", closesAt: CLOSES_AT, quorum: 0.5 });
  const rollCounts = new Map([["all", 10]]);
  const votedElsewhere = new Map([["all", elsewhere]]);
  const election: RegisteredElection = { definition, publicKey: "", opening: OPENING, rollCounts, votedElsewhere };
  const answers = createResultsHandler({
    elections: { find: async () => election, list: async () => [election] },
    tallies: {
      turnoutOf: async () => new Map([[CLOSES_AT, received]]),
      ofElection: async () => new Map([["all", new Map(Object.entries(tally))]]),
    },
    published: publishedInMemory(),
    box: { standingBallot: async () => undefined },
    secrets: { bytesIfAny: async () => undefined },
    receiptKeyPrefix: "",
    now: () => Date.parse(CLOSES_AT) + 3_600_000,
  });
  const event = {
    routeKey: "GET /api/v1/results/{law_id}",
    headers: {},
    pathParameters: { law_id: definition.electionId },
  } as unknown as HttpEvent;
  const { body } = await answers(event, {} as Parameters<typeof answers>[1]);
  return JSON.parse(body ?? "");
}

test("a spoiled ballot that was received counts towards the quorum: its voter took part", async () => {
  const { outcome } = await resultsWith({ oui: 4, [SPOILED]: 1 }, 5);
  expect(outcome.kind).toBe("adopted");
});

test("what somebody wrote to the box, past submit, counts towards no quorum", async () => {
  const { outcome, spoiled, turnout } = await resultsWith({ oui: 4, [SPOILED]: 3 }, 4);
  expect(outcome.kind).toBe("quorum-not-reached");
  expect([spoiled, turnout.ballots]).toEqual([3, 7]);
});

test("who voted on paper or by mail is told beside a law's turnout, and counts towards no quorum", async () => {
  const { outcome, turnout } = await resultsWith({ oui: 4 }, 4, 2);
  expect(turnout).toEqual({ ballots: 4, on_roll: 10, percentage: 40, voted_elsewhere: 2 });
  expect(outcome.kind).toBe("quorum-not-reached");
});
