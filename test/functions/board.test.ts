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
    now: () => 0,
  });
  const event = {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ tracking_code: "A".repeat(20) }),
  } as unknown as HttpEvent;
  const { body } = await handler(event, {} as Context);
  expect(JSON.parse(String(body))).toMatchObject({ status: "in_the_box", election_id: "L42" });
});
