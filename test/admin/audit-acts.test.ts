import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuditSource, readAudit, readPublicAudit } from "#admin/elections/audit-acts.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { recordStateChange } from "#admin/elections/state-changes.ts";
import { extendElection } from "#admin/elections/times.ts";
import { RECORDED } from "#core/audit.ts";
import { auditRecord } from "#core/audit-record.ts";
import { freePort } from "#local/listening.ts";
import { auditCsv } from "#published/audit-file.ts";
import { type AuditedAct, type AuditedEnd, auditTable } from "#storage/audit-table.ts";
import { applyElection } from "#storage/election-register.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { runHere } from "#test/admin/tool.ts";
import { law } from "#test/definitions.ts";

const RUNNING = fileURLToPath(new URL("../../.scrutin/", import.meta.url));

let office: Office;
let source: AuditSource;
let port: number;

const AT = Date.UTC(2031, 0, 10, 12);
const HOUR_MS = 3_600_000;

/** An act as the console's functions record it: it takes a second. */
async function recordAct(
  electionId: string | undefined,
  atMs: number,
  { outcome = "done", ...more }: Partial<AuditedAct> & { outcome?: AuditedEnd["outcome"] | "none" } = {},
) {
  const ended = await auditTable(office.connection.documents, office.connection.auditTable).begin({
    electionId,
    atMs,
    act: "extend",
    who: "Ada Roy",
    subject: "ada",
    address: "192.0.2.7",
    ...more,
  });
  if (outcome !== "none") await ended({ outcome, untilMs: atMs + 1_000 });
}

beforeAll(async () => {
  port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  office = await openOffice(url);
  await mkdir(RUNNING, { recursive: true });
  const running = { url, pid: process.pid, outputs: office.outputs, endpoints: office.endpoints };
  await writeFile(`${RUNNING}${port}.json`, JSON.stringify(running), { mode: 0o600 });
  source = office.connection;
  for (const electionId of ["1", "2"]) {
    const definition = law({ electionId, opensAt: "2031-01-12T12:00:00Z", closesAt: "2031-01-13T12:00:00Z" });
    await applyElection(office.connection, definition, { who: "shell", atMs: AT - 50 * HOUR_MS });
  }
  await recordAct("1", AT, { reason: "snow" });
  await recordStateChange(office.connection, "1", {
    at: new Date(AT + 400).toISOString(),
    what: "closing extended",
    who: "Ada Roy",
  });
  await recordAct("2", AT + HOUR_MS, { act: "cancel", outcome: "refused" });
  await recordAct(undefined, AT + 2 * HOUR_MS, { act: "sign out" });
});
afterAll(async () => {
  await rm(`${RUNNING}${port}.json`, { force: true });
  await office.close();
});

describe("the audit of all elections", () => {
  test("holds each act once, those of the command line too, later first", async () => {
    const entries = await readAudit(source, {});
    expect(entries.map(({ electionId, act, who }) => [electionId, act, who])).toEqual([
      [undefined, "sign out", "Ada Roy"],
      ["2", "cancel", "Ada Roy"],
      ["1", "extend", "Ada Roy"],
      ["2", RECORDED, "shell"],
      ["1", RECORDED, "shell"],
    ]);
    expect(entries[2]).toMatchObject({ reason: "snow", recorded: ["closing extended"], address: "192.0.2.7" });
  });

  test("can be of one election, and of a span of time, also where the act began before it", async () => {
    const acted = async (filter: Parameters<typeof readAudit>[1]) =>
      (await readAudit(source, filter)).map(({ act }) => act);
    expect(await acted({ electionId: "1" })).toEqual(["extend", RECORDED]);
    expect(await acted({ fromMs: AT, toMs: AT + HOUR_MS })).toEqual(["extend"]);
    expect(await acted({ electionId: "1", fromMs: AT + 100 })).toEqual([]);
    expect(await acted({ toMs: AT })).toEqual([RECORDED, RECORDED]);
  });

  test("is read whole, however many pages of the table it takes", async () => {
    // More than the megabyte that DynamoDB reads at once.
    const many = 150;
    const long = "x".repeat(8_000);
    await Promise.all(Array.from({ length: many }, (_, index) => recordAct("3", AT + index, { reason: long })));
    expect(await readAudit(source, { electionId: "3" })).toHaveLength(many);
    expect((await readAudit(source, {})).filter(({ electionId }) => electionId === "3")).toHaveLength(many);
  });
});

describe("the record of an act", () => {
  test("is there before the act is done, and says so of one that broke off", async () => {
    await recordAct("4", AT, { outcome: "none" });
    expect(await readAudit(source, { electionId: "4" })).toMatchObject([{ act: "extend", outcome: "failed" }]);
  });
});

describe("the command", () => {
  test("prints acts on a line each, whatever was typed as a reason, and writes the console's files", async () => {
    await recordAct("5", AT, { reason: "\u001b[2Jgone\nforged line", act: "cancel" });
    const acts = (...words: string[]) => runHere(port, ["audit", "acts", "--election", "5", ...words]);
    const lines = (await acts()).stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(
      /^2031-01-10T12:00:00\.000Z +5 +cancel +done +Ada Roy +192\.0\.2\.7 +reason: {2}\[2Jgone forged line$/,
    );
    const file = office.path("acts.csv");
    expect((await acts("--act", "cancel", "--from", "2031-01-10T07:00:00-05:00", "--out", file)).stdout).toBe(
      `wrote 1 acts to ${file}\n`,
    );
    expect(await readFile(file, "utf8")).toBe(
      auditCsv((await readAudit(source, { electionId: "5" })).map(auditRecord)),
    );
    expect((await acts("--from", "yesterday")).exitCode).toBe(1);
  });
});

describe("what is public of it", () => {
  test("is what was stated and signed, and nothing of who was signed in or what was refused", async () => {
    await office.connection.documents.send(
      new PutCommand({
        TableName: office.outputs.RollTable,
        Item: { hash: "h".repeat(43), electionId: "2", regionId: "all" },
      }),
    );
    await stateOpening(office.connection, "2", { who: "Ada Roy", atMs: AT });
    await extendElection(office.connection, "2", "2031-01-13T14:00:00Z", { who: "Ada Roy", atMs: AT + 60_000 });
    const entries = await readPublicAudit(office.connection, {});
    expect(entries.map(({ act }) => act)).toEqual(["extension", "opening"]);
    for (const { subject, address, who } of entries)
      expect([subject, address, who]).toEqual([undefined, undefined, ""]);
  });
});
