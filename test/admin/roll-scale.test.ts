import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, appendFile, readFile, utimes, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describePlan } from "#admin/commands/roll-report.ts";
import { readRollFile, readRollStart } from "#admin/roll/file.ts";
import { generateRoll } from "#admin/roll/generation.ts";
import { checkRoll, importRoll } from "#admin/roll/import.ts";
import type { ImportPlan } from "#admin/roll/import-check.ts";
import { fileSource } from "#admin/spreadsheet/sheet.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection } from "#storage/registered-elections.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { race } from "#test/definitions.ts";

const HEADER = "nas,code,region_id\n";
const VOTERS = 4_000;

let office: Office;
let electionId: string;
let elections = 0;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  electionId = `S${++elections}`;
  await applyElection(office.connection, race({ electionId }), { who: "Ada" });
});

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const journalOf = (file: string) => `${file}.${electionId}.import-journal`;

async function rollOf(voters: number): Promise<string> {
  const out = office.path(`${electionId}-roll.csv`);
  await generateRoll({ voters, regions: 2, out, shortCodes: true });
  return out;
}

/** An import that dies after writing this many blocks, leaving its journal as it was then. */
async function importThatDies(file: string, afterBlocks: number): Promise<void> {
  let blocks = 0;
  await importRoll(office.connection, electionId, file, {
    journalEveryMs: 0,
    onProgress: ({ step }) => {
      if (step === "importing" && ++blocks === afterBlocks) throw new Error("killed");
    },
  }).catch((error: Error) => expect(error.message).toBe("killed"));
}

async function goOn(file: string) {
  const plans: ImportPlan[] = [];
  const summary = await importRoll(office.connection, electionId, file, { onPlan: (plan) => plans.push(plan) });
  return { summary, plan: plans[0] };
}

describe("an import that was killed", () => {
  test("resumes after the last recorded block, with the sums of the whole file", async () => {
    const file = await rollOf(VOTERS);
    await importThatDies(file, 3);
    const { summary, plan } = await goOn(file);
    expect(plan?.resumedAtLine).toBeGreaterThan(1_500);
    expect(plan).toMatchObject({ totalRows: VOTERS, first: [{ line: 2 }, {}, {}, {}, {}] });
    expect(plan?.checking).toBeUndefined();
    expect(summary.importing.rows).toBe(VOTERS + 2 - (plan?.resumedAtLine ?? 0));
    expect(summary).toMatchObject({ imported: VOTERS, alreadyThere: 0, bad: 0 });
    expect(summary.rollCounts).toEqual({ "1": VOTERS / 2, "2": VOTERS / 2 });
    expect(await exists(journalOf(file))).toBe(false);
  });

  test("starts over when the file's size or time differs", async () => {
    const file = await rollOf(VOTERS);
    await importThatDies(file, 2);
    const journal = await readFile(journalOf(file));
    await utimes(file, 1, 1);
    expect((await goOn(file)).plan?.resumedAtLine).toBeUndefined();
    await writeFile(journalOf(file), journal);
    await appendFile(file, "123456789,ABC123,1\n");
    const { summary, plan } = await goOn(file);
    expect(plan?.resumedAtLine).toBeUndefined();
    expect(summary).toMatchObject({ imported: 1, alreadyThere: VOTERS });
  });

  test("starts over when its journal is damaged, or was made under other rules", async () => {
    const file = await rollOf(VOTERS);
    await importThatDies(file, 1);
    const journal = await readFile(journalOf(file), "utf8");
    await writeFile(journalOf(file), journal.slice(0, -10));
    const { summary, plan } = await goOn(file);
    expect(plan?.resumedAtLine).toBeUndefined();
    expect(summary.imported + summary.alreadyThere).toBe(VOTERS);
    await writeFile(journalOf(file), journal);
    const plans: ImportPlan[] = [];
    const onPlan = (plan: ImportPlan) => void plans.push(plan);
    await importRoll(office.connection, electionId, file, { skipBad: true, onPlan });
    expect(plans[0]?.resumedAtLine).toBeUndefined();
  });

  test("keeps no credential or hash in its journal", async () => {
    const file = await rollOf(VOTERS);
    await importThatDies(file, 2);
    const journal = await readFile(journalOf(file), "utf8");
    const [, voter = ""] = (await readFile(file, "utf8")).split("\n");
    for (const credential of voter.split(",").slice(0, 2)) expect(journal).not.toContain(credential);
    for (const { hash } of (await office.roll(electionId)).slice(0, 100)) expect(journal).not.toContain(hash);
  });

  test("by SIGKILL loses nobody and puts nobody on the roll twice", async () => {
    const file = await rollOf(VOTERS);
    const script = `
      import { connect } from "#admin/connection/connection.ts";
      import { importRoll } from "#admin/roll/import.ts";
      const [outputs, endpoints, electionId, file] = JSON.parse(process.argv[1]);
      await importRoll(connect(outputs, endpoints), electionId, file, { journalEveryMs: 0 });`;
    const words = JSON.stringify([office.outputs, office.endpoints, electionId, file]);
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script, words], { stdio: "ignore" });
    const ended = once(child, "exit");
    while (!(await exists(journalOf(file))) && child.exitCode === null) await delay(5);
    child.kill("SIGKILL");
    await ended;
    const { summary, plan } = await goOn(file);
    expect(plan?.resumedAtLine).toBeGreaterThan(2);
    expect(summary.imported + summary.alreadyThere).toBe(VOTERS);
    expect((await findElection(office.connection, electionId))?.rollCounts).toEqual({
      "1": VOTERS / 2,
      "2": VOTERS / 2,
    });
  });
});

describe("before anything is written", () => {
  test("the officer sees the total and the first rows, with two digits of each number and no code", async () => {
    const rows = "123456789,ABC123,1\n987654321,XYZ789,2\n123456789,ABC123,1\n";
    const plan = await checkRoll(office.connection, electionId, await office.file("seen.csv", HEADER + rows));
    const text = describePlan(plan);
    expect(text.split("\n").slice(0, 5)).toEqual([
      "3 rows, the first of them:",
      "  line 2: nas •••••••89, region 1",
      "  line 3: nas •••••••21, region 2",
      "  line 4: nas •••••••89, region 1",
      "1 row names a voter whom an earlier line names: line 4",
    ]);
    for (const code of ["ABC123", "XYZ789", "1234567", "9876543"]) expect(text).not.toContain(code);
    expect(await office.roll(electionId)).toEqual([]);
  });

  test("a bad row is not shown, since a misplaced column may hold a code", async () => {
    const file = await office.file("swapped.csv", `${HEADER}ABC123,123456789,1\n987654321,XYZ789,2\n`);
    const plan = await checkRoll(office.connection, electionId, file, { skipBad: true });
    expect(plan.first).toEqual([{ line: 3, shown: "nas •••••••21", regionId: "2" }]);
    expect(plan.bad).toBe(1);
  });
});

describe("a large roll", () => {
  test("is hashed on several threads with the same result as on one", async () => {
    const file = await rollOf(60_000);
    await appendFile(file, "bad,row,1\n");
    const { definition } = (await findElection(office.connection, electionId)) ?? {};
    if (definition === undefined) throw new Error("it was registered a moment ago");
    const { SecretString = "" } = await office.connection.secrets.send(
      new GetSecretValueCommand({ SecretId: `scrutin/test/pepper/${electionId}` }),
    );
    const pepper = Buffer.from(SecretString, "base64url");
    const { rules } = await readRollStart(await fileSource(file), definition, 0);
    const read = async (from?: { bytes: number; lines: number }) => {
      const rows: unknown[] = [];
      const ends: { bytes: number; lines: number }[] = [];
      let threads = 0;
      for await (const block of readRollFile(await fileSource(file), rules, pepper, from)) {
        rows.push(...block.rows);
        ends.push(block.end);
        threads = block.threads;
      }
      return { rows, ends, threads };
    };
    const whole = await read();
    expect(whole.threads).toBeGreaterThan(1);
    expect(whole.rows).toHaveLength(60_001);
    expect(whole.rows.at(-1)).toMatchObject({
      line: 60_002,
      problem: { en: expect.stringContaining("nas must have") },
    });
    // Too little is left from here on for threads to be started.
    const late = whole.ends.at(-3);
    const rest = await read(late);
    expect(rest.threads).toBe(1);
    expect(rest.rows).toEqual(whole.rows.slice(-rest.rows.length));
    expect(rest.rows[0]).toMatchObject({ line: (late?.lines ?? 0) + 1 });
  });

  test("has quoted rows read whole, wherever a block ends", async () => {
    const nas = fc.integer({ min: 100_000_000, max: 999_999_999 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(nas, { minLength: 3_000, maxLength: 6_000 }),
        fc.nat({ max: 40 }),
        async (numbers, pad) => {
          const definition = race({ electionId });
          const rows = numbers.map((number, index) =>
            index % 3 === 0 ? `"${number}"${" ".repeat(pad)},"ABC\n123",1\r\n` : `${number},ABC123,1\n`,
          );
          const file = await office.file("quoted.csv", HEADER + rows.join(""));
          const { rules } = await readRollStart(await fileSource(file), definition, 0);
          let good = 0;
          for await (const block of readRollFile(await fileSource(file), rules, Buffer.alloc(32))) {
            good += block.rows.filter((row) => "hash" in row).length;
          }
          expect(good).toBe(numbers.length);
        },
      ),
      { numRuns: 5 },
    );
  });
});
