import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPepper } from "#storage/election-secrets.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { runHere, runTool } from "#test/admin/tool.ts";
import { law } from "#test/definitions.ts";

const RUNNING = fileURLToPath(new URL("../../.scrutin/", import.meta.url));
const CLOSED = { opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };

let office: Office;
let port: number;
let codes: readonly string[];
const scrutin = (...words: string[]) => runHere(port, words);

beforeAll(async () => {
  office = await openOffice();
  // Only this office has the queues' port, so the file named after it is its own too.
  port = Number(new URL(office.endpoints.sqs).port);
  await mkdir(RUNNING, { recursive: true });
  const { outputs, endpoints } = office;
  const running = { url: `http://127.0.0.1:${port}`, pid: process.pid, outputs, endpoints };
  await writeFile(join(RUNNING, `${port}.json`), JSON.stringify(running), { mode: 0o600 });
  const oui = { regionId: "all", selection: { kind: "choice", choice: "oui" } } as const;
  codes = await holdElection(office, law({ electionId: "L1", ...CLOSED }), { all: 5 }, [oui, oui, oui]);
});
afterAll(async () => {
  await rm(join(RUNNING, `${port}.json`), { force: true });
  await office.close();
});

describe("an officer, once voting has closed", () => {
  test("recounts, learns of a damaged count by exit code 1, and repairs it", async () => {
    expect(await scrutin("tally", "recount", "L1")).toEqual({
      exitCode: 0,
      stdout: "The tallies agree with the 3 stored ballots.\n",
      stderr: "",
    });
    const Item = { sheet: "L1#v1#@0", row: "shard-0#", "all#oui": 9 };
    await office.connection.documents.send(new PutCommand({ TableName: office.connection.talliesTable, Item }));
    const found = await scrutin("tally", "recount", "L1");
    expect([found.exitCode, found.stdout]).toEqual([
      1,
      "region all, oui: tallied 10, recounted 3\nNothing was changed: replace them with --swap.\n",
    ]);
    const repaired = await scrutin("tally", "recount", "L1", "--swap");
    expect([repaired.exitCode, repaired.stdout]).toEqual([
      0,
      "region all, oui: tallied 10, recounted 3\nCounts replaced: 1.\n",
    ]);
  });

  test("certifies; anyone verifies without a running system; a lie ends in exit code 1", async () => {
    const early = await scrutin("shred", "L1", "--yes", "L1");
    expect([early.exitCode, early.stderr]).toEqual([
      1,
      "Election L1 is not certified: its pepper is needed until then.\n",
    ]);
    const out = office.path("bundle");
    const { exitCode, stdout } = await scrutin("certify", "L1", "--out", out, "--as", "Ada");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^certified 3 ballots of election L1 in .*\nMerkle root {4}[0-9a-f]{64}\nsigning key {4}/);
    const fingerprint = /signing key {4}(.*)/.exec(stdout)?.[1] ?? "";
    const opening = /opening {8}(.*)/.exec(stdout)?.[1] ?? "";

    const alone = (...words: string[]) => runHere(1, ["verify", out, ...words]);
    const verified = await alone("--tracking", codes[0] ?? "", "--signed-by", fingerprint, "--opening", opening);
    expect([verified.exitCode, verified.stderr]).toEqual([0, ""]);
    expect(verified.stdout).toMatch(/\n(\d+) of \1 checks passed\.\n$/);
    expect(verified.stdout).toContain(`The ballot ${codes[0]} is in the box, region all, counted.`);
    const absent = await alone("--tracking", "A".repeat(20));
    expect([absent.exitCode, absent.stdout.includes("is not in the box")]).toEqual([1, true]);

    const unsigned = await alone("--opening", opening);
    expect(unsigned.exitCode).toBe(2);
    expect(unsigned.stdout).toMatch(/^- +signature +by .*nothing shows who that is/m);
    expect(unsigned.stdout).toMatch(/\n\d+ of \d+ checks passed, 1 could not be made\.\n$/);
    const unopened = await alone("--signed-by", fingerprint);
    expect(unopened.exitCode).toBe(2);
    expect(unopened.stdout).toMatch(/^- +opening +SHA-256 .*name its SHA-256 with --opening/m);

    const box = join(out, "ballot-box.ndjson");
    const text = await readFile(box, "utf8");
    await writeFile(box, text.slice(text.indexOf("\n") + 1));
    const lie = await alone("--signed-by", fingerprint);
    expect(lie.exitCode).toBe(1);
    expect(lie.stdout).toMatch(/\n\d+ of \d+ checks passed, do not trust these files\.\n$/);
    expect(lie.stdout).toMatch(/^LIE {2}Merkle root/m);
    expect(lie.stdout).toMatch(/^LIE {2}ballots +certified 3, found 2/m);
  });

  test("certifies in spite of ballots that nobody on the roll cast, and is told loudly", async () => {
    const oui = { regionId: "all", selection: { kind: "choice", choice: "oui" } } as const;
    const law3 = law({ electionId: "L3", ...CLOSED });
    const [, stranger = ""] = await holdElection(office, law3, { all: 5 }, [oui, { ...oui, isOnRoll: false }]);
    const { exitCode, stdout } = await scrutin("certify", "L3", "--out", office.path("l3"), "--as", "Ada");
    expect(exitCode).toBe(2);
    expect(stdout).toContain(`NOT ON THE ROLL of their region: 1, set aside as spoiled (${stranger}).`);
    expect(stdout).toContain("Somebody wrote them to the box, most likely with the role of validate.");
  });

  test("is asked twice before the pepper is destroyed", async () => {
    const shred = (typed: string, ...words: string[]) => runHere(port, ["shred", "L1", ...words], typed);
    for (const typed of ["", "yes\n", "L1\n", "L1\nL2\n"]) {
      const { exitCode, stderr } = await shred(typed);
      expect([exitCode, stderr.endsWith("Nothing was destroyed.\n")]).toEqual([1, true]);
    }
    expect((await shred("", "--yes", "L2")).exitCode).toBe(1);
    expect(await readPepper(office.connection, "L1")).toBeDefined();
    expect((await runTool(port, ["shred", "L1"], "L1\nL1\n")).stdout).toBe("The pepper of election L1 is destroyed.\n");
    expect(await readPepper(office.connection, "L1")).toBeUndefined();
    expect((await shred("", "--yes", "L1")).stdout).toBe("The pepper of election L1 was already destroyed.\n");
  });
});
