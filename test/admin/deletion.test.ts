import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  InvalidRequestException,
  RestoreSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { DeleteCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatDeletion } from "#admin/commands/election-report.ts";
import { deleteElection } from "#admin/elections/deletion.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { requireElection, requireStored } from "#admin/elections/registered.ts";
import { importRoll } from "#admin/roll/import.ts";
import { markBegun } from "#admin/roll/import-marks.ts";
import { findDeletion, listDeletions } from "#storage/deleted-elections.ts";
import { applyElection } from "#storage/election-register.ts";
import { readBallotKey } from "#storage/election-secrets.ts";
import { findElection, listElections } from "#storage/registered-elections.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law, raceWithBiographies } from "#test/definitions.ts";

const BEFORE = Date.parse("2024-12-01T00:00:00Z");
const DURING = Date.parse("2025-06-01T00:00:00Z");
const KINDS = ["pepper", "receipt-key", "stamp-key", "ballot-key", "signing-key"];

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

async function registered(electionId: string, voters = 3): Promise<void> {
  await applyElection(office.connection, law({ electionId }), { who: "Ada", atMs: BEFORE });
  const rows = Array.from({ length: voters }, (_, index) => `10000000${index},ABC12${index},1\n`);
  const file = await office.file(`${electionId}.csv`, `nas,code,region_id\n${rows.join("")}`);
  await importRoll(office.connection, electionId, file, { atMs: BEFORE });
}

const remove = (electionId: string, options = {}) =>
  deleteElection(office.connection, electionId, { who: "Bo", reason: "a slip", atMs: BEFORE, ...options });

const secretsOf = async (electionId: string): Promise<readonly string[]> => {
  const found = await Promise.all(
    KINDS.map((kind) =>
      office.connection.secrets
        .send(new DescribeSecretCommand({ SecretId: `scrutin/test/${kind}/${electionId}` }))
        .then(
          () => [kind],
          () => [],
        ),
    ),
  );
  return found.flat();
};

const keysOf = async (electionId: string): Promise<readonly unknown[]> => {
  const { Items = [] } = await office.connection.documents.send(new ScanCommand({ TableName: "elections" }));
  return Items.map((item) => item.electionId).filter(
    (key) => key === electionId || String(key).startsWith(`${electionId}#`),
  );
};

describe("an election that has not opened is deleted", () => {
  test("with the biographies that are kept apart from its definition, and no other's", async () => {
    for (const electionId of ["D21", "D210"]) {
      await applyElection(office.connection, raceWithBiographies({ electionId }), { who: "Ada", atMs: BEFORE });
    }
    await remove("D21");
    const { Items = [] } = await office.connection.documents.send(new ScanCommand({ TableName: "biographies" }));
    expect(Items.map(({ text }) => String(text).split("#")[0])).toEqual(["D210", "D210"]);
    await remove("D210");
  });

  test("whole, with its stated opening, roll and secrets; no other loses anything, and it is on record", async () => {
    await registered("D1");
    await registered("D10");
    const struck = (electionId: string) => ({ TableName: "votes", Item: { hash: `struck-${electionId}`, electionId } });
    for (const electionId of ["D1", "D10"]) await office.connection.documents.send(new PutCommand(struck(electionId)));
    await stateOpening(office.connection, "D1", { who: "Ada", atMs: BEFORE });
    expect((await keysOf("D1")).length).toBeGreaterThan(1);
    expect(await secretsOf("D1")).toEqual(KINDS);

    const record = {
      title: "Loi / Law",
      at: "2024-12-01T00:00:00.000Z",
      who: "Bo",
      reason: "a slip",
      voters: 3,
      isFinished: true,
    };
    expect(await remove("D1")).toEqual({ record, secrets: { later: [], left: [] } });
    expect(await findElection(office.connection, "D1")).toBeUndefined();
    expect(await office.roll("D1")).toEqual([]);
    expect(await secretsOf("D1")).toEqual([]);
    expect(await keysOf("D1")).toEqual(["D1#deleted"]);
    const deletions = (await listDeletions(office.connection)).filter(({ electionId }) => electionId === "D1");
    expect(deletions.map(formatDeletion)).toEqual([
      "Election D1 (Loi / Law) was deleted at 2024-12-01T00:00:00.000Z by Bo, reason: a slip",
    ]);
    expect((await listElections(office.connection)).map(({ definition }) => definition.electionId)).toEqual(["D10"]);
    expect(await office.roll("D10")).toHaveLength(3);
    const { Items: votes = [] } = await office.connection.documents.send(new ScanCommand({ TableName: "votes" }));
    expect(votes.map(({ electionId }) => electionId)).toEqual(["D10"]);
    await expect(requireElection(office.connection, "D1")).rejects.toThrow(
      "There is no election D1: see the list of elections. It was deleted at 2024-12-01T00:00:00.000Z by Bo, reason: a slip.",
    );
    await expect(remove("D1")).rejects.toThrow("Election D1 was deleted at 2024-12-01T00:00:00.000Z by Bo.");
  });

  test("and another may have its id: it has secrets of its own, and nobody on its roll", async () => {
    await registered("D2");
    const before = (await findElection(office.connection, "D2"))?.publicKey;
    await remove("D2", { reason: undefined });
    expect((await findDeletion(office.connection, "D2"))?.reason).toBeUndefined();
    expect(await applyElection(office.connection, law({ electionId: "D2" }), { who: "Ada", atMs: BEFORE })).toBe(
      "registered",
    );
    const election = await findElection(office.connection, "D2");
    expect(election).toMatchObject({ rollCounts: {}, stateChanges: [{ what: "registered" }], opening: undefined });
    expect(election?.publicKey).not.toBe(before);
  });

  test("by the same command again, if it was killed; until then nothing gets its id", async () => {
    await registered("D3", 9);
    let deletes = 0;
    const dying = Object.assign(Object.create(office.connection.documents), {
      send: (command: unknown) => {
        if (command instanceof DeleteCommand && ++deletes > 4) throw new Error("killed");
        return office.connection.documents.send(command as ScanCommand);
      },
    });
    await expect(
      deleteElection({ ...office.connection, documents: dying }, "D3", { who: "Bo", atMs: BEFORE }),
    ).rejects.toThrow("killed");
    expect((await office.roll("D3")).length).toBeGreaterThan(0);
    await expect(applyElection(office.connection, law({ electionId: "D3" }), { who: "Ada" })).rejects.toThrow(
      "The deletion of election D3 was killed: finish it first, on its page in the console or with scrutin election delete D3.",
    );
    expect((await remove("D3", { who: "Cy" })).record).toMatchObject({ who: "Bo", voters: 9, isFinished: true });
    expect(await office.roll("D3")).toEqual([]);
  });
});

/** As on a stage: what is not shredded can only be deleted with a week in which it can be restored. */
function stageSecrets(isAllowed: boolean) {
  const { secrets } = office.connection;
  const going = new Set<string>();
  const denied = () => Object.assign(new Error("no right to it"), { name: "AccessDeniedException" });
  const send = async (command: {
    input: { SecretId?: string; Name?: string; ForceDeleteWithoutRecovery?: boolean };
  }) => {
    const { SecretId, Name, ForceDeleteWithoutRecovery: isForced } = command.input;
    const name = SecretId ?? Name ?? "";
    if (command instanceof RestoreSecretCommand) {
      if (!isAllowed) throw denied();
      going.delete(name);
      return {};
    }
    if (command instanceof DeleteSecretCommand && !/\/(?:pepper|receipt-key)\//.test(name)) {
      if (isForced === true || !isAllowed) throw denied();
      if (!going.has(name)) await secrets.send(new DescribeSecretCommand({ SecretId: name }));
      going.add(name);
      return {};
    }
    if (going.has(name) && !(command instanceof DescribeSecretCommand)) {
      const message = "You can't perform this operation on the secret because it was marked for deletion.";
      throw new InvalidRequestException({ message, $metadata: {} });
    }
    return secrets.send(command as DescribeSecretCommand);
  };
  return { ...office.connection, secrets: Object.assign(Object.create(secrets), { send }) as typeof secrets };
}

describe("on a stage", () => {
  const KEPT = ["stamp-key", "ballot-key", "signing-key"];
  const named = (electionId: string) => KEPT.map((kind) => `scrutin/test/${kind}/${electionId}`);

  test("the keys of ballots and certificates go in a week, and are restored for an election of the same id", async () => {
    const connection = stageSecrets(true);
    await registered("S1");
    await stateOpening(connection, "S1", { who: "Ada", atMs: BEFORE });
    const before = (await findElection(connection, "S1"))?.publicKey;
    const { secrets } = await deleteElection(connection, "S1", { who: "Bo", atMs: BEFORE });
    expect(secrets).toEqual({ later: named("S1"), left: [] });
    expect(await secretsOf("S1")).toEqual(KEPT);
    expect(await readBallotKey(connection, "S1")).toBeUndefined();
    await applyElection(connection, law({ electionId: "S1" }), { who: "Ada", atMs: BEFORE });
    expect((await findElection(connection, "S1"))?.publicKey).toBe(before);
    await stateOpening(connection, "S1", { who: "Ada", atMs: BEFORE });
  });

  test("who may not delete them is told which are left", async () => {
    await registered("S2");
    const { secrets } = await deleteElection(stageSecrets(false), "S2", { who: "Bo", atMs: BEFORE });
    // Its opening was never stated, so it has no signing key.
    expect(secrets).toEqual({ later: [], left: named("S2").filter((name) => !name.includes("signing-key")) });
  });

  test("who may not restore them is told so, and nothing is registered", async () => {
    const connection = stageSecrets(true);
    await registered("S3");
    await deleteElection(connection, "S3", { who: "Bo", atMs: BEFORE });
    const refusing = Object.assign(Object.create(connection.secrets), {
      send: (command: DescribeSecretCommand) =>
        command instanceof RestoreSecretCommand
          ? Promise.reject(Object.assign(new Error("no"), { name: "AccessDeniedException" }))
          : connection.secrets.send(command),
    });
    const applying = applyElection({ ...connection, secrets: refusing }, law({ electionId: "S3" }), { who: "Ada" });
    await expect(applying).rejects.toThrow(
      "deleted less than 7 days ago: register this one with scrutin election apply",
    );
    expect(await findElection(connection, "S3")).toBeUndefined();
  });
});

test("an election for rehearsal is deleted whole while voting is open, with its ballots and counts", async () => {
  const { connection } = office;
  const title = { fr: "ESSAI", en: "TEST" };
  for (const electionId of ["removed-whole", "removed-whole-0"]) {
    await applyElection(connection, law({ electionId, test: true, title }), { who: "Ada", atMs: BEFORE });
    const items = {
      votes: { hash: `voter-${electionId}`, electionId },
      tallies: { sheet: `${electionId}#v1#0`, row: "shard#" },
      published: { electionId, part: "state" },
      board: { electionId, row: "1" },
      "rejected-attempts": { bucket: `${electionId}#3`, row: "hash#duplicate" },
      roll: { hash: `hash-${electionId}`, electionId, regionId: "all" },
    };
    for (const [TableName, Item] of Object.entries(items)) {
      await connection.documents.send(new PutCommand({ TableName, Item }));
    }
  }
  await stateOpening(connection, "removed-whole", { who: "Ada", atMs: DURING });
  expect((await remove("removed-whole", { atMs: DURING, forgottenAfterMs: 1 })).record).toMatchObject({
    isFinished: true,
  });
  for (const TableName of ["votes", "tallies", "published", "board", "rejected-attempts", "roll", "elections"]) {
    const { Items = [] } = await connection.documents.send(new ScanCommand({ TableName }));
    const left = Items.map((item) => JSON.stringify(item)).filter((text) => /removed-whole(?!-0)/.test(text));
    expect({ TableName, left: left.length }).toEqual({ TableName, left: TableName === "elections" ? 1 : 0 });
    expect(Items.some((item) => JSON.stringify(item).includes("removed-whole-0"))).toBe(true);
  }
  expect(await secretsOf("removed-whole")).toEqual([]);
});

test("an election that never could be voted in is deleted, also when its hours have come or are past", async () => {
  for (const [electionId, atMs] of [
    ["N1", DURING],
    ["N2", Date.parse("2100-01-01T00:00:00Z")],
  ] as const) {
    await registered(electionId, 0);
    await remove(electionId, { atMs });
    expect(await findElection(office.connection, electionId)).toBeUndefined();
  }
  await registered("N3");
  await expect(remove("N3", { atMs: Date.parse("2100-01-01T00:00:00Z") })).rejects.toThrow(
    /^Voting in election N3 opened/,
  );
});

describe("an election is not deleted", () => {
  test("once voting has opened, or where there is none", async () => {
    await registered("K1");
    await stateOpening(office.connection, "K1", { who: "Ada", atMs: BEFORE });
    await expect(remove("K1", { atMs: DURING })).rejects.toThrow(
      "Voting in election K1 opened at 2025-01-01T00:00:00Z: it can be deleted until then and never after, unless its definition has test: true.",
    );
    await expect(remove("nothing")).rejects.toThrow("There is no election nothing: see the list of elections.");
    await expect(remove("K1#deleted")).rejects.toThrow(/There is no election/);
    expect(await office.roll("K1")).toHaveLength(3);
  });

  test("while its roll is being imported", async () => {
    await registered("K2");
    await markBegun(office.connection, await requireStored(office.connection, "K2"), {
      name: "K2.csv, begun ",
      who: "Ada",
      atMs: BEFORE,
    });
    await expect(remove("K2")).rejects.toThrow(/imports of the roll have not ended/);
    expect(await secretsOf("K2")).toContain("pepper");
  });

  test("when it changed since it was looked at", async () => {
    await registered("K3");
    const { documents } = office.connection;
    const late = Object.assign(Object.create(documents), {
      send: async (command: { input?: { TransactItems?: unknown } }) => {
        if (command.input?.TransactItems !== undefined) {
          await stateOpening(office.connection, "K3", { who: "Ada", atMs: BEFORE });
        }
        return documents.send(command as PutCommand);
      },
    });
    await expect(
      deleteElection({ ...office.connection, documents: late }, "K3", { who: "Bo", atMs: BEFORE }),
    ).rejects.toThrow("Somebody else changed election K3 at the same moment");
    expect(await findDeletion(office.connection, "K3")).toBeUndefined();
    expect((await findElection(office.connection, "K3"))?.opening).toBeDefined();
  });
});
