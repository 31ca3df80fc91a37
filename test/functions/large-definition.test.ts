import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ElectionDefinition } from "#core/election.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";
import { applyElection, findElection, listElections } from "#storage/election-register.ts";
import { electionsTable, openingTexts } from "#storage/elections-table.ts";
import { type Office, openOffice } from "#test/admin/office.ts";

/** A country's election: 1,000 regions with twelve candidates each, who say in both languages who they are. */

const REGIONS = 1_000;
const CANDIDATES = 12;
const BEFORE = Date.parse("2024-12-01T00:00:00Z");

let seed = 1;
const random = (below: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};
const word = (): string =>
  Array.from({ length: 3 + random(7) }, () => "abcdefghijklmnopqrstuvwxyz"[random(26)]).join("");
const WORDS = Array.from({ length: 5_000 }, word);
function prose(characters: number): string {
  let text = "";
  while (text.length < characters) text += `${WORDS[random(WORDS.length)]} `;
  return text.slice(0, characters);
}

function country(bioCharacters: number, title = "Élection"): ElectionDefinition {
  const regions = Array.from({ length: REGIONS }, (_, at) => `r${at}`);
  return ElectionDefinition.parse({
    electionId: "COUNTRY",
    title: { fr: title, en: "Election" },
    votingMethod: "single_choice",
    opensAt: "2025-01-01T00:00:00Z",
    closesAt: "2026-01-01T00:00:00Z",
    regions: regions.map((regionId) => ({ regionId, name: { fr: prose(20), en: prose(20) } })),
    candidates: regions.flatMap((regionId) =>
      Array.from({ length: CANDIDATES }, (_, at) => ({
        candidateId: `${regionId}-${at}`,
        firstName: word(),
        lastName: word(),
        regionIds: [regionId],
        bio: { fr: prose(bioCharacters), en: prose(bioCharacters) },
      })),
    ),
  });
}

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

  const changed = country(160, "Élections générales");
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

test("a definition that is too large even so is refused with its size", () => {
  expect(limitsExceeded(country(160))).toEqual([]);
  expect(limitsExceeded(country(300)).join()).toMatch(
    /may have 5.5 MB and has \d\.\d: shorten the candidates' biographies/,
  );
});
