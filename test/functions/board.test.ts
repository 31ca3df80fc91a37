import type { Context } from "aws-lambda";
import { expect, test } from "vitest";
import { createBoardHandler } from "#functions/board/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { law, OPENING } from "#test/definitions.ts";

const registered = Array.from({ length: 100 }, (_, index): RegisteredElection => {
  const definition = law({ electionId: `L${index}` });
  return { definition, publicKey: "", opening: OPENING, rollCounts: new Map() };
});

const question = (tracking_code: string): HttpEvent =>
  ({
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ tracking_code }),
  }) as unknown as HttpEvent;

test("the boards of all elections are read at once, and the one that holds the code is named", async () => {
  let asked = 0;
  const allAsked = Promise.withResolvers<void>();
  const handler = createBoardHandler({
    elections: { list: async () => registered, find: async () => undefined },
    posted: {
      async has(electionId) {
        asked += 1;
        if (asked === registered.length) allAsked.resolve();
        await allAsked.promise;
        return electionId === "L42";
      },
    },
    now: () => Date.parse("2030-01-01T00:00:00Z"),
  });
  const { body } = await handler(question("A".repeat(20)), {} as Context);
  expect(JSON.parse(String(body))).toMatchObject({ status: "in_the_box", election_id: "L42" });
});

test("nothing is asked of elections that have not opened", async () => {
  const asked: string[] = [];
  const coming = law({ electionId: "coming", opensAt: "2098-01-01T00:00:00Z", closesAt: "2098-01-02T00:00:00Z" });
  const handler = createBoardHandler({
    elections: {
      list: async () => [...registered.slice(0, 2), { ...registered[0], definition: coming } as RegisteredElection],
      find: async () => undefined,
    },
    posted: {
      async has(electionId) {
        asked.push(electionId);
        return false;
      },
    },
    now: () => Date.parse("2030-01-01T00:00:00Z"),
  });
  const { body } = await handler(question("A".repeat(20)), {} as Context);
  expect(JSON.parse(String(body))).toMatchObject({ status: "not_found", election_id: null });
  expect(asked).toEqual(["L0", "L1"]);
});
