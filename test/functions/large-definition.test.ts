import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";
import { applyElection, findElection, listElections } from "#storage/election-register.ts";
import { electionsTable, openingTexts } from "#storage/elections-table.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { CANDIDATES, country } from "#test/country.ts";

/** Definitions as large as a country's. */

const BEFORE = Date.parse("2024-12-01T00:00:00Z");

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const request = (routeKey: string, pathParameters: Record<string, string>): HttpEvent =>
  ({ routeKey, pathParameters, headers: {} }) as unknown as HttpEvent;

const MOST_ANSWER_BYTES = 6_000_000;

test("an election of 1,000 regions with 12 candidates each is registered, read, changed and served", async () => {
  const definition = country(160);
  const { connection } = office;
  const elections = electionsTable(connection.dynamodb, connection.electionsTable);
  expect(await applyElection(connection, definition, { who: "a test", atMs: BEFORE })).toBe("registered");
  expect(await applyElection(connection, definition, { who: "a test", atMs: BEFORE })).toBe("unchanged");
  expect((await findElection(connection, "COUNTRY"))?.definition).toEqual(definition);
  expect((await listElections(connection)).map((each) => each.definition.electionId)).toEqual(["COUNTRY"]);
  expect((await elections.find("COUNTRY"))?.definition).toEqual(definition);
  expect((await elections.list()).map((each) => each.definition.electionId)).toEqual(["COUNTRY"]);

  const handler = createElectionsHandler({
    elections,
    openingOf: openingTexts(connection.dynamodb, connection.electionsTable),
    now: () => BEFORE,
  });
  const answer = (event: HttpEvent) => handler(event, {} as Parameters<typeof handler>[1]);
  const whole = await answer(request("GET /api/v1/elections/{election_id}", { election_id: "COUNTRY" }));
  expect(Buffer.byteLength(String(whole.body))).toBeLessThan(MOST_ANSWER_BYTES);
  const region = { election_id: "COUNTRY", region_id: "r999" };
  const listed = await answer(request("GET /api/v1/elections/{election_id}/regions/{region_id}/candidates", region));
  const bios = JSON.parse(String(listed.body)).map(({ bio }: { bio: unknown }) => bio);
  const standing = definition.votingMethod === "single_choice" ? definition.candidates.slice(-CANDIDATES) : [];
  expect(bios).toEqual(standing.map(({ bio }) => bio));

  const changed = country(160, { title: { fr: "Élections générales", en: "General election" } });
  expect(await applyElection(connection, changed, { who: "a test", atMs: BEFORE })).toBe("changed");
  expect((await findElection(connection, "COUNTRY"))?.definition).toEqual(changed);
});

test("the keys of its parts name no election", async () => {
  const { connection } = office;
  const { Items = [] } = await office.connection.documents.send(
    new ScanCommand({ TableName: connection.electionsTable }),
  );
  const keys = Items.map(({ electionId }) => String(electionId)).filter((key) => key !== "COUNTRY");
  expect(keys.length).toBeGreaterThan(1);
  const elections = electionsTable(connection.dynamodb, connection.electionsTable);
  for (const key of keys) expect(await elections.find(key)).toBeUndefined();
});

test("elections with long biographies are listed in one answer; a region's candidates come with theirs", async () => {
  const many = ["A", "B", "C"].map((electionId) => country(1_300, { electionId, candidates: 1 }));
  expect(many.flatMap(limitsExceeded)).toEqual([]);
  const listed = many.map((definition) => ({
    definition,
    publicKey: "A".repeat(43),
    opening: undefined,
    rollCounts: new Map(),
  }));
  const find = async (electionId: string) => listed.find(({ definition }) => definition.electionId === electionId);
  const handler = createElectionsHandler({
    elections: { find, list: async () => listed },
    openingOf: async () => undefined,
    now: () => BEFORE,
  });
  const answer = async (event: HttpEvent) => String((await handler(event, {} as Parameters<typeof handler>[1])).body);
  expect(Buffer.byteLength(await answer(request("GET /api/v1/elections", {})))).toBeLessThan(MOST_ANSWER_BYTES / 3);
  const path = { election_id: "B", region_id: "r7" };
  const [candidate] = JSON.parse(
    await answer(request("GET /api/v1/elections/{election_id}/regions/{region_id}/candidates", path)),
  );
  expect(candidate.bio.fr).toHaveLength(1_300);
});

test("a definition that is too large is refused with its size and what to shorten, to what length", () => {
  expect(limitsExceeded(country(160))).toEqual([]);
  const [sentence = ""] = limitsExceeded(country(300));
  expect(sentence).toMatch(
    /may have 5.5 MB and has \d\.\d: shorten the biographies \(candidates\[\]\.bio, 7\.\d MB of it\)/,
  );
  const fits = Number(/to (\d+) characters/.exec(sentence)?.[1]);
  expect(fits).toBeGreaterThan(160);
  expect(limitsExceeded(country(fits))).toEqual([]);
});

test("a definition that is too large without biographies is told to be divided", () => {
  const small = country(0, { candidates: 1 });
  if (small.votingMethod !== "single_choice") throw new Error("a country votes for one candidate");
  const candidates = Array.from({ length: 70 }, () => small.candidates).flat();
  expect(limitsExceeded({ ...small, candidates }).join()).toMatch(
    /it has 70000 candidates in 1000 regions: divide it into several elections, by their regions/,
  );
});
