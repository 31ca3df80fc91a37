import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { describeFaults } from "#core/definition-faults.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { createSystemStatusHandler } from "#functions/system-status/handler.ts";
import { resultsJson } from "#published/files.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { law, OPENING, race } from "#test/definitions.ts";
import { answeringSystem } from "#test/functions/answering-system.ts";
import { lawCount, publicly } from "#test/published/examples.ts";
import { publishedInMemory } from "#test/storage/published-memory.ts";

/** Elections with `test: true`. */

const AT_MS = Date.parse("2026-06-01T12:00:00Z");
const title = { fr: "ESSAI – Mairie", en: "TEST – Mayor" };
const definitions = [
  law(),
  race(),
  law({ electionId: "TL", test: true, title }),
  race({
    electionId: "TE",
    test: true,
    title,
    regions: [{ regionId: "9", name: title }],
    candidates: [{ candidateId: "1", lastName: "Roy", regionIds: ["9"] }],
  }),
];
const registered = definitions.map(
  (definition): RegisteredElection => ({ definition, publicKey: "", opening: OPENING, rollCounts: new Map() }),
);
const elections = {
  list: async () => registered,
  find: async (id: string) => registered.find(({ definition }) => definition.electionId === id),
};

const request = (routeKey: string, pathParameters: Record<string, string> = {}): HttpEvent =>
  ({ routeKey, pathParameters, headers: {} }) as unknown as HttpEvent;

describe("an election for rehearsal", () => {
  test("is in no public list, and is found by whoever knows its address", async () => {
    const handler = createElectionsHandler({
      elections,
      openingOf: async () => undefined,
      changesOf: async () => undefined,
      biographiesOf: async () => "{}",
      now: () => AT_MS,
    });
    const read = async (event: HttpEvent) => JSON.parse(String((await handler(event, {} as Context)).body));
    const idsIn = (list: { election_id: string }[]) => list.map(({ election_id }) => election_id);
    expect(idsIn(await read(request("GET /api/v1/elections")))).toEqual(["L1", "E1"]);
    const regions = await read(request("GET /api/v1/regions"));
    expect(regions.map(({ region_id }: { region_id: string }) => region_id)).toEqual(["1", "2"]);
    const found = await read(request("GET /api/v1/elections/{election_id}", { election_id: "TE" }));
    expect(found).toMatchObject({ election_id: "TE", title, definition: { test: true } });
  });

  test("has its results at its own address only", async () => {
    const handler = createResultsHandler({
      elections,
      tallies: { turnoutOf: async () => new Map(), ofElection: async () => new Map() },
      published: publishedInMemory(),
      box: { standingBallot: async () => undefined },
      secrets: { bytesIfAny: async () => undefined },
      receiptKeyPrefix: "",
      now: () => AT_MS,
    });
    const read = async (event: HttpEvent) => JSON.parse(String((await handler(event, {} as Context)).body));
    expect((await read(request("GET /api/v1/results"))).map(({ law_id }: { law_id: string }) => law_id)).toEqual([
      "L1",
    ]);
    expect(await read(request("GET /api/v1/results/{law_id}", { law_id: "TL" }))).toMatchObject({ law_id: "TL" });
  });

  test("is not in the state of the system", async () => {
    const handler = createSystemStatusHandler({
      elections,
      tallies: { ofElection: async () => new Map() },
      published: publishedInMemory(),
      measurements: { read: async (metrics) => metrics.map(() => []) },
      ...answeringSystem(() => AT_MS),
    });
    const { body } = await handler({} as HttpEvent, {} as Context);
    const watched: { election_id: string }[] = JSON.parse(String(body)).elections;
    expect(watched.map(({ election_id }) => election_id)).toEqual(["L1", "E1"]);
  });

  test("says so in the file of its results", () => {
    const shown = { results: lawCount, turnout: undefined };
    expect(JSON.parse(resultsJson({ ...shown, election: publicly(law({ test: true, title })) }))).toMatchObject({
      test: true,
    });
    expect(JSON.parse(resultsJson({ ...shown, election: publicly(law()) }))).not.toHaveProperty("test");
  });

  test("is refused without a title that says so", () => {
    expect(describeFaults({ ...law(), test: true })).toEqual([
      "title.fr: the title of an election with test: true begins with ESSAI.",
      "title.en: the title of an election with test: true begins with TEST.",
    ]);
    expect(describeFaults({ ...law(), test: true, title })).toEqual([]);
    expect(describeFaults({ ...law(), test: false })).toEqual([]);
  });
});
