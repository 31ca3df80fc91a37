import { createSecretKey } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStoredBallots } from "#admin/certification/stored-ballots.ts";
import { formatRejectedAttempts } from "#admin/commands/rejected-attempts-report.ts";
import { exportAudit } from "#admin/elections/audit.ts";
import { extendElection } from "#admin/elections/times.ts";
import { digestRejectedAttempts } from "#admin/rejected-attempts/digest.ts";
import { exportRejectedAttempts } from "#admin/rejected-attempts/export.ts";
import type { Progress } from "#admin/shared/progress.ts";
import { applyElection } from "#storage/election-register.ts";
import { readStampKey } from "#storage/election-secrets.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { type Stamped, stampOf } from "#storage/stamp.ts";
import { votesTable } from "#storage/votes-table.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law } from "#test/definitions.ts";

/** A voter's hash that starts with its number in letters, so that all buckets are used. */
const hashOf = (voter: number): string =>
  `${String.fromCharCode(97 + (voter % 26))}${String(voter).padStart(7, "0")}`.padEnd(43, "H");

const minute = (index: number): string => new Date(Date.UTC(2025, 5, 1, 12, index)).toISOString();

const SEALED = { regionId: "all", oneTimeKey: new Uint8Array(32), envelope: Buffer.from("SECRET") };

/** A ballot with the stamp that `submit` would put on it. */
async function stamped(
  cast: Readonly<{ hash: string; electionId: string; castAt: string; trackingCode: string }>,
  sealed = SEALED,
): Promise<Stamped> {
  const ballot = { ...cast, ...sealed };
  const key = createSecretKey((await readStampKey(office.connection, cast.electionId)) ?? new Uint8Array());
  return { ...ballot, stamp: stampOf(key, ballot) };
}

let office: Office;
const VOTERS = 60;

beforeAll(async () => {
  office = await openOffice();
  const { dynamodb } = office.connection;
  for (const electionId of ["watched", "other", "quiet"]) {
    await applyElection(office.connection, law({ electionId }), { who: "Ada" });
  }
  // The tables are filled by the code that fills them in an election.
  const rejectedAttempts = rejectedAttemptsTable(dynamodb, office.outputs.RejectedAttemptsTable);
  const box = votesTable(dynamodb, office.outputs.VotesTable);
  for (let voter = 0; voter < VOTERS; voter++) {
    const attempt = { hash: hashOf(voter), electionId: "watched", castAt: minute(voter) };
    await box.cast([await stamped({ ...attempt, trackingCode: `ACCEPTED${voter}` })]);
    await rejectedAttempts.record({ ...attempt, trackingCode: `SECOND${voter}`, outcome: "duplicate" });
    await rejectedAttempts.record({ ...attempt, trackingCode: `SECOND${voter}`, outcome: "duplicate" });
  }
  const again = { hash: hashOf(3), electionId: "watched", castAt: minute(200) };
  await rejectedAttempts.record({ ...again, trackingCode: "THIRD3", outcome: "duplicate" });
  await rejectedAttempts.record({
    ...again,
    hash: hashOf(900),
    trackingCode: "STRANGER",
    outcome: "unknown-credentials",
  });
  await rejectedAttempts.record({ ...again, hash: hashOf(901), trackingCode: "LOST", outcome: "wrong-region" });
  const elsewhere = { hash: hashOf(902), electionId: "other", castAt: minute(0), trackingCode: "ELSEWHERE" };
  await rejectedAttempts.record({ ...elsewhere, outcome: "duplicate" });
  await box.cast([await stamped({ ...elsewhere, hash: hashOf(903) })]);
});
afterAll(() => office.close());

const linesOf = async (path: string): Promise<string[]> => (await readFile(path, "utf8")).trimEnd().split("\n");

describe("rejected attempts", () => {
  test("counts voters and attempts by reason; a redelivered attempt counts once", async () => {
    expect((await digestRejectedAttempts(office.connection, "watched", 5)).totals).toEqual({
      duplicate: { voters: 60, attempts: 61 },
      "unknown-credentials": { voters: 1, attempts: 1 },
      "wrong-region": { voters: 1, attempts: 1 },
      reissued: { voters: 0, attempts: 0 },
      removed: { voters: 0, attempts: 0 },
      moved: { voters: 0, attempts: 0 },
      "voted-elsewhere": { voters: 0, attempts: 0 },
    });
  });

  test("shows the latest first, with reason, attempts, first and last time", async () => {
    const { latest } = await digestRejectedAttempts(office.connection, "watched", 4);
    expect(latest.map(({ lastAt }) => lastAt)).toEqual([minute(200), minute(200), minute(200), minute(59)]);
    expect(
      latest
        .slice(0, 3)
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual(["duplicate", "unknown-credentials", "wrong-region"]);
    expect(latest.find(({ reason }) => reason === "duplicate")).toMatchObject({
      trackingCodes: ["SECOND3", "THIRD3"],
      firstAt: minute(3),
    });
  });

  test("tells rows apart by a short part of the voter's hash, and says how many rows it leaves out", async () => {
    const text = formatRejectedAttempts("watched", await digestRejectedAttempts(office.connection, "watched", 3));
    expect(text).toMatch(/^duplicate +60 +61$/m);
    expect(text).toMatch(new RegExp(`^${hashOf(3).slice(0, 8)} +duplicate +2 +`, "m"));
    expect(text).not.toContain("HH");
    expect(text).toContain("and 59 earlier: scrutin rejected export watched --out FILE");
  });

  test("says so when there are none, and refuses an unknown election", async () => {
    expect(formatRejectedAttempts("quiet", await digestRejectedAttempts(office.connection, "quiet", 3))).toBe(
      "No attempt was rejected in election quiet.",
    );
    await expect(digestRejectedAttempts(office.connection, "nobody", 3)).rejects.toThrow("There is no election nobody");
  });

  test.each(["rejected.ndjson", "rejected.csv"])(
    "is exported to %s, a row per voter and reason, readable only by the officer",
    async (name) => {
      const out = office.path(name);
      expect(await exportRejectedAttempts(office.connection, "watched", out)).toBe(62);
      const lines = await linesOf(out);
      if (name.endsWith(".csv")) {
        expect(lines[0]).toBe("voter,reason,attempts,first_at,last_at");
        expect(lines).toHaveLength(63);
        expect(lines).toContain(`${hashOf(3).slice(0, 8)},duplicate,2,${minute(3)},${minute(200)}`);
      } else {
        expect(lines.map((line) => JSON.parse(line))).toContainEqual({
          voter: hashOf(3).slice(0, 8),
          reason: "duplicate",
          attempts: 2,
          first_at: minute(3),
          last_at: minute(200),
        });
      }
      expect((await stat(out)).mode & 0o077).toBe(0);
    },
  );
});

describe("the audit export", () => {
  test("holds every state change and every attempt of the election, and nothing of any other", async () => {
    await extendElection(office.connection, "watched", "2100-01-01T00:00:00Z", { who: "Bo" });
    const out = office.path("audit.ndjson");
    const steps: Progress[] = [];
    const summary = await exportAudit(office.connection, "watched", out, { onProgress: (step) => steps.push(step) });
    expect(summary).toEqual({ stateChanges: 2, struck: 0, accepted: 60, unstamped: 0, rejected: 63 });
    expect(steps.at(-1)).toEqual({ step: "accepted", done: 61, total: 61 });
    const lines = (await linesOf(out)).map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ kind: "election", electionId: "watched" });
    expect(lines.at(-1)).toEqual({ kind: "end", ...summary });
    const of = (kind: string) => lines.filter((line) => line.kind === kind);
    expect(of("state-change").map(({ what, who }) => [what.split(" ")[0], who])).toEqual([
      ["registered", "Ada"],
      ["closing", "Bo"],
    ]);
    expect(new Set(of("accepted").map(({ trackingCode }) => trackingCode)).size).toBe(60);
    expect(of("accepted")).toContainEqual({ kind: "accepted", trackingCode: "ACCEPTED7", castAt: minute(7) });
    expect(of("rejected")).toContainEqual({
      kind: "rejected",
      reason: "duplicate",
      attempts: 2,
      trackingCodes: ["SECOND3", "THIRD3"],
      firstAt: minute(3),
      lastAt: minute(200),
    });
    expect(JSON.stringify(lines)).not.toContain("ELSEWHERE");
  });

  test("holds no envelope, no hash and no part of one", async () => {
    const out = office.path("audit-secrets.ndjson");
    await exportAudit(office.connection, "watched", out);
    const text = await readFile(out, "utf8");
    for (const secret of ["SECRET", "U0VDUkVU", "envelope", "hash"]) expect(text).not.toContain(secret);
    for (let voter = 0; voter < VOTERS; voter++) expect(text).not.toContain(hashOf(voter).slice(0, 8));
  });

  test("reads every page of the box", async () => {
    await applyElection(office.connection, law({ electionId: "large" }), { who: "Ada" });
    // A page of a scan is at most 1 MB.
    const envelope = Buffer.alloc(40_000);
    const ballots = Array.from({ length: 75 }, (_, voter) =>
      stamped(
        { hash: `large-${voter}`, electionId: "large", trackingCode: `L${voter}`, castAt: minute(0) },
        { ...SEALED, envelope },
      ),
    );
    const box = (await Promise.all(ballots)).map((Item) => ({ PutRequest: { Item } }));
    for (let start = 0; start < box.length; start += 25) {
      const slice = box.slice(start, start + 25);
      await office.connection.documents.send(
        new BatchWriteCommand({ RequestItems: { [office.outputs.VotesTable]: slice } }),
      );
    }
    const out = office.path("large.ndjson");
    expect(await exportAudit(office.connection, "large", out)).toMatchObject({ accepted: 75 });
    expect(new Set(await linesOf(out)).size).toBe(75 + 3);
  });

  test("tells what lacks its stamp apart, whatever its shape, and believes nothing of it", async () => {
    const { connection, outputs } = office;
    await applyElection(connection, law({ electionId: "written" }), { who: "Ada" });
    const own = { electionId: "written", castAt: minute(0), trackingCode: "A".repeat(20) };
    const honest = await stamped({ ...own, hash: "honest" });
    const items = [
      honest,
      { ...honest, hash: "copied" },
      { hash: "bare", electionId: "written" },
      {
        hash: "wrong types",
        electionId: "written",
        trackingCode: 7,
        castAt: new Set(["x"]),
        stamp: "x",
        regionId: null,
      },
      { hash: "long", electionId: "written", trackingCode: "x".repeat(5_000), castAt: [["x"]] },
    ];
    await connection.documents.send(
      new BatchWriteCommand({
        RequestItems: { [outputs.VotesTable]: items.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
    const inexact = {
      hash: { S: "inexact" },
      electionId: { S: "written" },
      trackingCode: { N: "99999999999999999999.5" },
    };
    await connection.dynamodb.send(new PutItemCommand({ TableName: outputs.VotesTable, Item: inexact }));
    const out = office.path("written.ndjson");
    expect(await exportAudit(connection, "written", out)).toMatchObject({ accepted: 1, unstamped: 5 });
    const lines = (await linesOf(out)).map((line) => JSON.parse(line));
    expect(lines).toContainEqual({ kind: "accepted", trackingCode: own.trackingCode, castAt: own.castAt });
    const strange = lines.filter(({ kind }) => kind === "unstamped").map(({ kind: _, ...told }) => told);
    expect(strange).toHaveLength(5);
    expect(strange).toContainEqual({ trackingCode: own.trackingCode });
    expect(strange.filter(({ trackingCode }) => trackingCode === null)).toHaveLength(4);
    const read: Stamped[] = [];
    await readStoredBallots(connection, "written", async (page) => void read.push(...page));
    expect(read, "certification reads all of them too").toHaveLength(6);
  });

  test("is refused for an unknown election, and for a missing folder", async () => {
    await expect(exportAudit(office.connection, "nobody", office.path("x"))).rejects.toThrow(/no election nobody/);
    await expect(exportAudit(office.connection, "watched", office.path("no/x"))).rejects.toThrow(
      /x: there is no such folder\.$/,
    );
  });
});
