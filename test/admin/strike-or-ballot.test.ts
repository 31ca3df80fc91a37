import { createSecretKey } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importRoll } from "#admin/roll/import.ts";
import { strikeOff } from "#admin/roll/strike.ts";
import { readEntries } from "#admin/roll/table.ts";
import { STRIKES } from "#core/strike.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { applyElection } from "#storage/election-register.ts";
import { readPepper, readStampKey } from "#storage/election-secrets.ts";
import { type RollEntry, readRoll } from "#storage/roll-scan.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { ballotOf, decide, outcomeOf } from "#test/admin/strikes.ts";
import { race } from "#test/definitions.ts";

/** An officer strikes a code off while ballots with it are under way: exactly one of the two happens. */

const ELECTION = "SB1";
const VOTERS = 40;
const nasOf = (voter: number): string => String(100_000_000 + voter);

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await applyElection(office.connection, race({ electionId: ELECTION }), { who: "Ada" });
  const rows = Array.from({ length: VOTERS }, (_, voter) => `${nasOf(voter)},ABC123,1\n`);
  await importRoll(office.connection, ELECTION, await office.file("roll.csv", `nas,code,region_id\n${rows.join("")}`));
});
afterAll(() => office.close());

/** A client of the office's tables each of whose requests waits for its turn. */
function clientInTurns(scheduler: fc.Scheduler): DynamoDBClient {
  const { dynamodb: endpoint, accessKeyId = "" } = office.endpoints;
  const config = clientConfig(endpoint);
  const client = new DynamoDBClient({ ...config, credentials: { accessKeyId, secretAccessKey: "local" } });
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        await scheduler.schedule(Promise.resolve(), commandName ?? "");
        return next(args);
      },
    { step: "initialize" },
  );
  return client;
}

/** An entry that a person has with this code. */
async function entryWith(nas: string, code: string): Promise<RollEntry> {
  const pepper = createSecretKey((await readPepper(office.connection, ELECTION)) ?? new Uint8Array());
  return { hash: voterHash(pepper, [nas, code], ELECTION), regionId: "1", identity: `person-${nas}` };
}

let voter = 0;

test("of a ballot under way and a strike exactly one happens, in whatever order their requests arrive", async () => {
  const stampKey = createSecretKey((await readStampKey(office.connection, ELECTION)) ?? new Uint8Array());
  const officers = fc.array(fc.constantFrom(...STRIKES), { minLength: 1, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), officers, fc.integer({ min: 1, max: 2 }), async (scheduler, strikes, copies) => {
      const nas = nasOf(voter++ % VOTERS);
      const old = await entryWith(nas, "ABC123");
      const client = clientInTurns(scheduler);
      const connection = { ...office.connection, documents: DynamoDBDocumentClient.from(client) };
      const ballots = await Promise.all(
        Array.from({ length: copies }, () => ballotOf(office, ELECTION, [nas, "ABC123"], "1")),
      );
      const replacements = await Promise.all(strikes.map((_, index) => entryWith(nas, `NEW00${index}`)));
      const acting = strikes.map((strike, index) => {
        const renewed = replacements[index];
        const replacement = strike === "reissued" || strike === "moved" ? renewed : undefined;
        return strikeOff(connection, {
          ...{ electionId: ELECTION, entries: [old], struck: { strike, at: "2026-01-01T00:00:00.000Z" }, stampKey },
          ...(replacement !== undefined && { replacement }),
        });
      });
      const voting = ballots.map((ballot) => decide(office, client, [ballot]));
      const [outcomes] = await scheduler.waitFor(Promise.all([Promise.all(acting), Promise.all(voting)]));
      client.destroy();

      const stood = await Promise.all(ballots.map((ballot) => outcomeOf(office, ballot)));
      const entries = await readEntries(
        office.connection,
        [old, ...replacements].map(({ hash }) => hash),
      );
      const struck = entries.get(old.hash)?.struck;
      const added = replacements.filter(({ hash }) => entries.has(hash));
      const winner = strikes[outcomes.indexOf("struck")];
      if (winner === undefined) {
        expect(outcomes).toEqual(strikes.map(() => "has-voted"));
        expect(stood.filter((outcome) => outcome === "accepted")).toHaveLength(1);
        expect(stood.filter((outcome) => outcome === "duplicate")).toHaveLength(copies - 1);
        expect([struck, added]).toEqual([undefined, []]);
      } else {
        expect(outcomes.filter((outcome) => outcome === "struck")).toHaveLength(1);
        expect(outcomes).not.toContain("has-voted");
        expect(stood).toEqual(ballots.map(() => winner));
        expect(struck).toBe(winner);
        expect(added).toHaveLength(winner === "reissued" || winner === "moved" ? 1 : 0);
      }
    }),
    { numRuns: VOTERS },
  );
});

test("who voted elsewhere stays on the roll, and who was removed does not", async () => {
  const { onRoll, votedElsewhere, struck } = await readRoll(office.connection, ELECTION, async () => {});
  expect(onRoll.get("1")).toBe(VOTERS - struck.removed);
  expect(votedElsewhere.get("1") ?? 0).toBe(struck["voted-elsewhere"]);
});
