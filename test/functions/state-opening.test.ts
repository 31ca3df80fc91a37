import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateOpening } from "#admin/elections/opening.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { importRoll } from "#admin/roll/import.ts";
import { markBegun } from "#admin/roll/import-marks.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { PUT_KEYS, TOUCHED_ATTRIBUTES } from "#functions/state-opening/contract.ts";
import { createStateOpeningHandler } from "#functions/state-opening/handler.ts";
import { applyElection } from "#storage/election-register.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { findElection } from "#storage/registered-elections.ts";
import { isSigned } from "#storage/signing-key.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law } from "#test/definitions.ts";

/** Openings that the system states by itself. */

const OPENS = Date.parse("2025-01-01T08:00:00Z");
const HOURS = { opensAt: new Date(OPENS).toISOString(), closesAt: "2025-01-01T20:00:00Z" };
const BEFORE = OPENS - 3_600_000;
const DURING = OPENS + 150_500;

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

async function register(electionId: string, voters: number, hours: Partial<ElectionDefinition> = HOURS): Promise<void> {
  await applyElection(office.connection, law({ electionId, ...hours }), { who: "Ada", atMs: BEFORE });
  if (voters === 0) return;
  const rows = Array.from({ length: voters }, (_, index) => `${100_000_000 + index},ABC123,all`);
  const file = await office.file(`${electionId}-${voters}.csv`, ["nas,code,region_id", ...rows, ""].join("\n"));
  await importRoll(office.connection, electionId, file, { atMs: BEFORE });
}

type Faults = Readonly<{ secrets?: SecretsManagerClient; documents?: DynamoDBDocumentClient }>;
const look = (atMs: number, faults: Faults = {}): Promise<void> => {
  const { dynamodb, electionsTable: table } = office.connection;
  const kept = { ...office.connection, ...faults };
  return createStateOpeningHandler({ elections: electionsTable(dynamodb, table), kept, now: () => atMs })();
};
const openingOf = async (electionId: string) => (await findElection(office.connection, electionId))?.opening;

describe("when its hours have come", () => {
  test("an election with voters on its roll is opened and signed, and voting opens in that minute", async () => {
    await register("SO1", 2);
    await register("SO1-later", 1, { ...HOURS, opensAt: "2025-01-01T12:00:00Z" });
    await look(BEFORE);
    expect(await openingOf("SO1")).toBeUndefined();
    await look(DURING);
    const { statement, signature } = (await openingOf("SO1"))?.opening ?? {};
    const opensAt = new Date(OPENS + 120_000).toISOString();
    expect(statement).toMatchObject({ statedAt: opensAt, definition: { opensAt }, onRoll: { all: 2 } });
    expect(signature && isSigned(statement, signature)).toBe(true);
    const { stateChanges } = (await findElection(office.connection, "SO1")) ?? {};
    expect(stateChanges?.at(-1)).toMatchObject({
      who: "state-opening",
      what: expect.stringContaining("opening stated"),
    });
    expect(await openingOf("SO1-later")).toBeUndefined();
  });

  test("it waits while nobody is on the roll, or the roll is being imported", async () => {
    await register("SO2-empty", 0);
    await register("SO2-importing", 1);
    const stored = await requireStored(office.connection, "SO2-importing");
    await markBegun(office.connection, stored, { name: "more.csv, begun ", who: "Ada", atMs: BEFORE });
    await look(DURING);
    for (const electionId of ["SO2-empty", "SO2-importing"]) expect(await openingOf(electionId)).toBeUndefined();
  });

  test("nothing is stated once they are over", async () => {
    await register("SO3", 1);
    await look(Date.parse(HOURS.closesAt));
    expect(await openingOf("SO3")).toBeUndefined();
  });

  test("an officer who states it at the same moment and the system make one opening, of whoever is first", async () => {
    await register("SO4", 3);
    const [{ sha256 }] = await Promise.all([
      stateOpening(office.connection, "SO4", { who: "Ada", atMs: DURING }),
      look(DURING),
      look(DURING),
    ]);
    const { opening, stateChanges = [] } = (await findElection(office.connection, "SO4")) ?? {};
    expect([opening?.sha256, opening?.changes]).toEqual([sha256, []]);
    expect(stateChanges.filter(({ what }) => what.startsWith("opening stated"))).toHaveLength(1);
  });

  test("one that cannot be stated fails the invocation, and holds no other up", async () => {
    await register("SO5-denied", 1);
    await register("SO5-fine", 2);
    const { secrets } = office.connection;
    const denied = new Proxy(secrets, {
      get: (client, name) =>
        name === "send"
          ? (command: Parameters<typeof client.send>[0]) =>
              JSON.stringify(command.input).includes("SO5-denied")
                ? Promise.reject(new Error("AccessDeniedException"))
                : client.send(command)
          : Reflect.get(client, name),
    });
    await expect(look(DURING, { secrets: denied })).rejects.toThrow("not every opening could be stated");
    expect([await openingOf("SO5-denied"), (await openingOf("SO5-fine"))?.changes]).toEqual([undefined, []]);
  });
});

test("never signs what changes later: an import after the opening is its officer's to state", async () => {
  await register("SO6", 1);
  await look(DURING);
  const { documents, rollTable } = office.connection;
  const [voter] = await office.roll("SO6");
  await documents.send(new PutCommand({ TableName: rollTable, Item: { ...voter, hash: "x".repeat(43) } }));
  await look(DURING + 60_000);
  expect((await openingOf("SO6"))?.changes).toEqual([]);
});

test("writes only what its role may: texts beside an election, and of its item neither key nor roll", async () => {
  await register("SO7", 1);
  const written: Readonly<{ command: string; touched: readonly string[] }>[] = [];
  const documents = DynamoDBDocumentClient.from(office.connection.dynamodb);
  documents.middlewareStack.add(
    (next, context) => async (args) => {
      const input = JSON.parse(JSON.stringify(args.input));
      const text = `${input.UpdateExpression ?? ""} ${input.ConditionExpression ?? ""}`;
      const names = Object.values<string>(input.ExpressionAttributeNames ?? {});
      const plain = [...text.matchAll(/(?<![:#\w])[a-z]\w+(?!\w*\()/g)].map(([name]) => name);
      const touched = context.commandName?.startsWith("Put") ? [input.Item.electionId] : [...names, ...plain];
      written.push({ command: context.commandName ?? "", touched });
      return next(args);
    },
    { step: "initialize" },
  );
  await look(DURING, { documents });
  expect(await openingOf("SO7")).toBeDefined();
  const of = (command: string) =>
    written.filter((each) => each.command.startsWith(command)).flatMap((each) => each.touched);
  const partKey = new RegExp(`^${PUT_KEYS.replaceAll("*", ".+")}$`);
  expect(of("Put").length).toBeGreaterThan(0);
  expect(of("Put").filter((key) => !partKey.test(key))).toEqual([]);
  const allowed: readonly string[] = [...TOUCHED_ATTRIBUTES, "if_not_exists", "list_append", "attribute_not_exists"];
  expect(of("Update")).toContain("opening");
  expect(of("Update").filter((name) => !allowed.includes(name))).toEqual([]);
  expect(new Set(written.map(({ command }) => command))).toEqual(
    new Set(["GetItemCommand", "PutItemCommand", "ScanCommand", "UpdateItemCommand"]),
  );
});
