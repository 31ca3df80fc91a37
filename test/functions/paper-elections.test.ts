import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { definitionText } from "#storage/definition-parts.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { law, OPENING, paperOfThree } from "#test/definitions.ts";

/** Elections that are questions of one paper. */

const forRehearsal = law({
  electionId: "PT-bylaw",
  paper: "PT",
  test: true,
  title: { fr: "ESSAI – Règlement", en: "TEST – Bylaw" },
});
const registered = [law(), ...paperOfThree(), forRehearsal].map(
  (definition): RegisteredElection => ({ definition, publicKey: "", opening: OPENING, rollCounts: new Map() }),
);

describe("the questions of a paper", () => {
  const handler = createElectionsHandler({
    elections: {
      list: async () => registered,
      find: async (id) => registered.find(({ definition }) => definition.electionId === id),
    },
    openingOf: async () => undefined,
    changesOf: async () => undefined,
    biographiesOf: async () => "{}",
    now: Date.now,
  });
  const read = async (routeKey: string, pathParameters: Record<string, string> = {}) => {
    const event = { routeKey, pathParameters, headers: {} } as unknown as HttpEvent;
    return JSON.parse(String((await handler(event, {} as Context)).body));
  };

  test("name it, in the list and one by one", async () => {
    const all: { election_id: string; paper: string | null }[] = await read("GET /api/v1/elections");
    expect(all.map(({ election_id, paper }) => [election_id, paper])).toEqual([
      ["L1", null],
      ["P1-mayor", "P1"],
      ["P1-council", "P1"],
      ["P1-bylaw", "P1"],
    ]);
    const one = await read("GET /api/v1/elections/{election_id}", { election_id: "P1-council" });
    expect(one).toMatchObject({ paper: "P1", definition: { paper: "P1" } });
  });

  test("are found together by its id, for rehearsal too", async () => {
    const questions: { election_id: string }[] = await read("GET /api/v1/papers/{paper_id}", { paper_id: "P1" });
    expect(questions.map(({ election_id }) => election_id)).toEqual(["P1-mayor", "P1-council", "P1-bylaw"]);
    expect(await read("GET /api/v1/papers/{paper_id}", { paper_id: "PT" })).toMatchObject([
      { election_id: "PT-bylaw" },
    ]);
    const none = await read("GET /api/v1/papers/{paper_id}", { paper_id: "L1" });
    expect(none).toMatchObject({ status: 404, type: "/api/v1/docs#unknown-election" });
  });

  test("a definition without one is stored byte for byte as before there were papers", () => {
    const { paper, ...before } = paperOfThree()[2];
    expect(definitionText(law({ ...before, paper: undefined }))).toBe(definitionText(law(before)));
    expect(definitionText(law(before))).not.toContain("paper");
    expect(definitionText(paperOfThree()[2])).toContain(`"paper":"${paper}"`);
  });
});
