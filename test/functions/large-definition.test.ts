import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson } from "#core/canonical-json.ts";
import { candidatesIn } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { keepApart, textsNamedBy } from "#storage/biographies.ts";
import { biographyTexts } from "#storage/biographies-table.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";
import { definitionText, isPartKey } from "#storage/definition-parts.ts";
import { recordChange } from "#storage/election-changes.ts";
import { applyElection } from "#storage/election-register.ts";
import { changesTexts, electionsTable, openingTexts } from "#storage/elections-table.ts";
import { findElection, findStored, listElections } from "#storage/registered-elections.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { country, REGIONS } from "#test/country.ts";
import { race } from "#test/definitions.ts";

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
/** The longest that the schema allows. */
const FULL = 4_000;

/** What the API answers. */
function told() {
  const { dynamodb, electionsTable: table, biographiesTable } = office.connection;
  const elections = electionsTable(dynamodb, table);
  const handler = createElectionsHandler({
    elections,
    openingOf: openingTexts(dynamodb, table),
    changesOf: changesTexts(dynamodb, table),
    biographiesOf: biographyTexts(dynamodb, biographiesTable),
    now: () => BEFORE,
  });
  const answer = async (routeKey: string, path: Record<string, string>): Promise<string> =>
    String((await handler(request(routeKey, path), {} as Parameters<typeof handler>[1])).body);
  const biographiesIn = async (electionId: string, regionId: string): Promise<readonly unknown[]> => {
    const path = { election_id: electionId, region_id: regionId };
    const text = await answer("GET /api/v1/elections/{election_id}/regions/{region_id}/candidates", path);
    return JSON.parse(text).map(({ bio }: { bio: unknown }) => bio);
  };
  return { elections, answer, biographiesIn };
}

const inRegion = (definition: ElectionDefinition, regionId: string) =>
  definition.votingMethod === "referendum" ? [] : candidatesIn(definition, regionId).map(({ bio }) => bio);

test("1,000 regions with 12 candidates each and the longest biographies are registered, read by region, and changed", async () => {
  const definition = country(FULL);
  const { definition: registered, texts } = keepApart(definition);
  const { connection } = office;
  expect(texts).toHaveLength(REGIONS);
  expect(await applyElection(connection, definition, { who: "a test", atMs: BEFORE })).toBe("registered");
  expect(await applyElection(connection, definition, { who: "a test", atMs: BEFORE })).toBe("unchanged");
  const { elections, answer, biographiesIn } = told();
  const found = [
    (await findElection(connection, "COUNTRY"))?.definition,
    (await elections.find("COUNTRY"))?.definition,
    ...(await listElections(connection)).map((each) => each.definition),
    ...(await elections.list()).map((each) => each.definition),
  ];
  // Compared as texts, which takes less time.
  expect(found.map((one) => canonicalJson(one) === canonicalJson(registered))).toEqual([true, true, true, true]);
  // What functions read to decide and count.
  expect(definitionText(registered).length).toBeLessThan(1_500_000);

  const whole = await answer("GET /api/v1/elections/{election_id}", { election_id: "COUNTRY" });
  expect(whole.length).toBeLessThan(1_500_000);
  expect(JSON.parse(whole)).toMatchObject({ biographies_by_region: true });
  expect(await biographiesIn("COUNTRY", "r999")).toEqual(inRegion(definition, "r999"));

  const title = { fr: "Élections générales", en: "General election" };
  expect(await applyElection(connection, { ...definition, title }, { who: "a test", atMs: BEFORE })).toBe("changed");
  const changed = (await findElection(connection, "COUNTRY"))?.definition ?? definition;
  expect(canonicalJson(changed)).toBe(canonicalJson({ ...registered, title }));
});

test("biographies longer than an item are stored in parts; what is missing, or another's, is refused", async () => {
  const { connection } = office;
  const random = seededRandom(1, "biographies");
  const prose = (): string => Array.from({ length: FULL }, () => String.fromCharCode(0x4e00 + random(20_000))).join("");
  const definition = race({
    electionId: "PARTS",
    candidates: Array.from({ length: 60 }, (_, at) => ({
      candidateId: `${at}`,
      firstName: "Ada",
      lastName: "Roy",
      regionIds: ["1", "2"],
      bio: { fr: prose(), en: prose() },
    })),
  });
  const { definition: registered, texts } = keepApart(definition);
  expect(await applyElection(connection, definition, { who: "a test", atMs: BEFORE })).toBe("registered");
  const [sha256 = ""] = textsNamedBy(registered);
  const textOf = biographyTexts(connection.dynamodb, connection.biographiesTable);
  expect(await textOf("PARTS", sha256)).toBe(texts[0]);
  const { Count } = await connection.documents.send(
    new QueryCommand({
      TableName: connection.biographiesTable,
      KeyConditionExpression: "#text = :text",
      ExpressionAttributeNames: { "#text": "text" },
      ExpressionAttributeValues: { ":text": `PARTS#${sha256}` },
    }),
  );
  expect(Count).toBeGreaterThan(1);
  await expect(textOf("PARTS", "0".repeat(64))).rejects.toThrow("missing: restore the table");
  const other = { ...registered, electionId: "PARTS2" };
  const lines = (all: readonly string[]) =>
    async function* () {
      yield* all;
    };
  const apply = (all: readonly string[]) =>
    applyElection(connection, other, { who: "a test", atMs: BEFORE, biographiesOf: lines(all) });
  await expect(apply([])).rejects.toThrow("1 texts of its biographies are missing");
  await expect(apply(["{}"])).rejects.toThrow("these are not its definition's biographies");
  expect(await findElection(connection, "PARTS2")).toBeUndefined();
  expect(await apply(texts)).toBe("registered");
});

test("an election that was registered with long biographies in its definition stays, unchanged and complete", async () => {
  const definition = country(160, { electionId: "BEFORE" });
  const { connection } = office;
  await applyElection(connection, country(0, { electionId: "BEFORE" }), { who: "a test", atMs: BEFORE });
  const stored = await findStored(connection, "BEFORE");
  if (stored === undefined) throw new Error("it was registered");
  // As versions before did.
  await recordChange(connection, stored, { at: new Date(BEFORE).toISOString(), what: "changed", who: "x" }, definition);
  const { elections, biographiesIn } = told();
  expect((await elections.find("BEFORE"))?.definition).toEqual(definition);
  expect(await biographiesIn("BEFORE", "r5")).toEqual(inRegion(definition, "r5"));
  expect(await applyElection(connection, definition, { who: "a test", atMs: BEFORE })).toBe("unchanged");
});

test("the keys of its parts name no election", async () => {
  const { connection } = office;
  const { Items = [] } = await office.connection.documents.send(
    new ScanCommand({ TableName: connection.electionsTable }),
  );
  const keys = Items.map(({ electionId }) => String(electionId)).filter((key) => key.includes("#"));
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
    changesOf: async () => undefined,
    biographiesOf: async () => "{}",
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

test("a definition that is too large without biographies is told to be divided", () => {
  const small = country(0, { candidates: 1 });
  if (small.votingMethod !== "single_choice") throw new Error("a country votes for one candidate");
  const candidates = Array.from({ length: 70 }, () => small.candidates).flat();
  expect(limitsExceeded({ ...small, candidates })[0]?.en).toMatch(
    /it has 70000 candidates in 1000 regions: divide it into several elections, by their regions/,
  );
});

test("a list that was read while a large definition changed is not missing its parts", async () => {
  const { endpoints, connection } = office;
  await applyElection(connection, country(FULL), { who: "a test", atMs: BEFORE });
  const client = new DynamoDBClient(clientConfig(endpoints.dynamodb, endpoints.accessKeyId));
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { output } = answer;
      if ("Items" in output) output.Items = output.Items?.filter(({ electionId }) => !electionId?.S?.includes("#"));
      return answer;
    },
    { step: "initialize" },
  );
  try {
    const listed = await electionsTable(client, connection.electionsTable).list();
    expect(listed.map(({ definition }) => definition.electionId)).toContain("COUNTRY");
  } finally {
    client.destroy();
  }
});

test("a large definition that is deleted while it is read is none, asked for alone or among all", async () => {
  const definition = country(300, { electionId: "leaving" });
  /** The register, of which another officer deletes the election just before its first part is read. */
  const meanwhile = async () => {
    await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE });
    let partsRead = 0;
    const documents = new Proxy(office.connection.documents, {
      get(target, name) {
        if (name !== "send") return Reflect.get(target, name);
        return async (command: { input?: { Key?: { electionId?: string } } }) => {
          const part = command.input?.Key?.electionId ?? "";
          if (isPartKey(part) && part.includes("leaving") && ++partsRead === 1) {
            for (const electionId of ["leaving", part]) {
              await target.send(
                new DeleteCommand({ TableName: office.connection.electionsTable, Key: { electionId } }),
              );
            }
          }
          return target.send(command as Parameters<typeof target.send>[0]);
        };
      },
    });
    return { register: { ...office.connection, documents }, partsRead: () => partsRead };
  };
  const alone = await meanwhile();
  expect(await findElection(alone.register, "leaving")).toBeUndefined();
  expect(alone.partsRead()).toBeGreaterThan(0);
  const among = await meanwhile();
  const ids = (await listElections(among.register)).map(({ definition: { electionId } }) => electionId);
  expect(ids).not.toContain("leaving");
  expect(among.partsRead()).toBeGreaterThan(0);
});
