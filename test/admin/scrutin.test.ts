import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "#local/listening.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { runHere, runTool, runUnread } from "#test/admin/tool.ts";
import { law, paperOfThree, race } from "#test/definitions.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

const scrutin = (port: number, ...words: string[]) => runHere(port, words);

let office: Office;
let port: number;
let silentPort: number;
const runningFile = () => `${REPOSITORY}.scrutin/${port}.json`;

beforeAll(async () => {
  port = await freePort();
  silentPort = await freePort();
  const url = `http://127.0.0.1:${port}`;
  office = await openOffice(url);
  await mkdir(`${REPOSITORY}.scrutin`, { recursive: true });
  const running = { url, pid: process.pid, outputs: office.outputs, endpoints: office.endpoints };
  await writeFile(runningFile(), JSON.stringify(running), { mode: 0o600 });
});
afterAll(async () => {
  await rm(runningFile(), { force: true });
  await office.close();
});

test("an election is cancelled with a reason in both languages, and only when its id is typed", async () => {
  const definition = await office.file("cancel.json", JSON.stringify(law({ electionId: "LC" })));
  await scrutin(port, "election", "apply", definition);
  const reasons = ["--reason-fr", "Un incendie", "--reason-en", "A fire"];
  const cancel = (typed: string, ...words: string[]) => runHere(port, ["election", "cancel", ...words], typed);
  const refused = [
    [
      await cancel("LC\n", "LC", "--reason-fr", "Un incendie"),
      "in both languages: give the reason with --reason-en.\n",
    ],
    [await cancel("LC\n", "LC", ...reasons.slice(0, 3), "x".repeat(301)), "A reason has at most 300 characters.\n"],
    [await cancel("LD\n", "LC", ...reasons), "Nothing was cancelled.\n"],
    [await cancel("", "LC", ...reasons, "--yes", "LD"), "Nothing was cancelled.\n"],
    [
      await cancel("", "nothing", ...reasons, "--yes", "nothing"),
      "There is no election nothing: apply its definition first.\n",
    ],
  ] as const;
  for (const [{ exitCode, stdout, stderr }, sentence] of refused) {
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr.endsWith(sentence)).toBe(true);
  }
  expect((await scrutin(port, "election", "list")).stdout).not.toContain("cancelled");
  expect((await cancel("LC\n", "LC", ...reasons, "--as", "Ada")).stdout).toBe(
    "election LC: cancelled; reason: Un incendie. / A fire.\nno ballot is counted, and nothing of what had been counted is left\n",
  );
  const again = await cancel("", "LC");
  expect([again.exitCode, again.stdout]).toEqual([
    0,
    expect.stringMatching(/^Election LC was cancelled at .*: Un incendie\. \/ A fire\.\n/),
  ]);
});

test("a command whose reader leaves ends as it would otherwise", async () => {
  expect(await runUnread(["help"])).toEqual({ exitCode: 0, stderr: "" });
});

describe("an officer", () => {
  test("registers an election, imports its roll twice and sees it in the list", async () => {
    const definition = await office.file("law.json", JSON.stringify(law({ electionId: "L9" })));
    expect(await scrutin(port, "election", "apply", definition, "--as", "Ada")).toEqual({
      exitCode: 0,
      stdout: "election L9: registered\n",
      stderr: "",
    });
    const voters = office.path("voters.csv");
    expect(
      await scrutin(port, "roll", "generate", "--voters", "250", "--regions", "2", "--short-codes", "--out", voters),
    ).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(new RegExp(`^wrote 250 voters to ${voters}\\npeak memory \\d+ MB\\n$`)),
    });
    const runs = [
      [runTool, "imported 250, already there 0"],
      [runHere, "imported 0, already there 250"],
    ] as const;
    for (const [run, outcome] of runs) {
      const { exitCode, stdout, stderr } = await run(port, ["roll", "import", voters, "--election", "L9"]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toMatch(/^250 rows, the first of them:\n {2}line 2: nas •••••••\d\d, region all\n/);
      expect(stdout).toMatch(new RegExp(`^${outcome}$`, "m"));
      expect(stdout).toMatch(/^peak memory \d+ MB$/m);
    }
    expect((await scrutin(port, "election", "list")).stdout).toMatch(/^L9 +referendum +unstated .* 250 +Law$/m);
    expect((await scrutin(port, "election", "open-statement", "L9")).stdout).toMatch(
      /^election L9: stated, 250 voters/,
    );
    expect((await scrutin(port, "election", "list")).stdout).toMatch(/^L9 +referendum +open .* 250 +Law$/m);
  });

  test("runs a paper as one: its definitions, roll, times and codes", async () => {
    const questions = paperOfThree({ paper: "CLI" }).map((question) => ({
      ...question,
      electionId: question.electionId.replace("P1", "CLI"),
    }));
    const files = await Promise.all(
      questions.map((question) => office.file(`${question.electionId}.json`, JSON.stringify(question))),
    );
    expect((await scrutin(port, "election", "apply", ...files)).stdout).toBe(
      "election CLI-mayor: registered\nelection CLI-council: registered\nelection CLI-bylaw: registered\n",
    );
    const parted = await office.file("parted.json", JSON.stringify({ ...questions[2], timeZone: "UTC" }));
    expect(await scrutin(port, "election", "apply", parted)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "Election CLI-bylaw: timeZone: must be America/Toronto, as in election CLI-council of the same paper CLI.\n",
    });
    const roll = await office.file("cli.csv", "nas,code,region_id\n111111111,ABC111,1\n222222222,ABC222,2\n");
    const imported = await scrutin(port, "roll", "import", roll, "--paper", "CLI");
    expect(imported.stdout.match(/^imported 2, already there 0$/gm)).toHaveLength(3);
    const closes = ["--closes", "2100-01-02T00:00:00Z", "--yes"];
    const extended = await scrutin(port, "election", "extend", "CLI-mayor", ...closes);
    expect(extended.stdout).toMatch(/\nthe other questions of paper CLI keep their times: CLI-bylaw, CLI-council\n$/);
    const rest = await scrutin(
      port,
      "election",
      "extend",
      "--paper",
      "CLI",
      "--closes",
      "2100-01-03T00:00:00Z",
      "--yes",
    );
    expect([rest.exitCode, rest.stdout.match(/: closing extended from /g)?.length]).toEqual([0, 3]);
    const people = await office.file("cli-lost.csv", "nas\n111111111\n");
    const out = office.path("cli-codes.csv");
    const reissued = await scrutin(port, "roll", "reissue", "--paper", "CLI", "--voters", people, "--out", out);
    expect(reissued.stdout.match(/: new codes for 1 person; the old ones are void$/gm)).toHaveLength(3);
    expect(await readFile(out, "utf8")).toMatch(/^nas,code,region_id\n111111111,[2-9A-Z]{6},1\n$/);

    const why = ["--reason-fr", "Erreur.", "--reason-en", "Slip.", "--yes", "CLI-council"];
    const cancelled = await scrutin(port, "election", "cancel", "CLI-council", ...why);
    expect(cancelled.stdout).toContain("\nthe other questions of paper CLI go on: CLI-bylaw, CLI-mayor\n");
    const removed = await scrutin(port, "roll", "remove", "--paper", "CLI", "--voters", people);
    expect([removed.exitCode, removed.stdout.match(/: 1 person taken off the roll$/gm)?.length]).toEqual([0, 2]);
    for (const id of ["CLI-bylaw", "CLI-mayor"]) {
      await scrutin(port, "election", "cancel", id, ...why.slice(0, 5), id);
    }
    expect(await scrutin(port, "roll", "import", roll, "--paper", "CLI")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "All questions of paper CLI were cancelled.\n",
    });
  });

  test.each([
    [["roll", "import", "roll.csv"], "Name an election with --election, or a paper with --paper.\n"],
    [
      ["roll", "import", "roll.csv", "--election", "1", "--paper", "X"],
      "Name elections, or a paper with --paper, not both.\n",
    ],
    [
      ["roll", "remove", "--paper", "no-such"],
      /^There is no paper no-such: (?:the papers are .*|no registered election names one)\.\n$/,
    ],
    [["election", "extend", "--closes", "2100-01-02T00:00:00Z"], "Name an election, or a paper with --paper.\n"],
    [["cards", "--voters", "x.csv", "--out", "x", "--paper", "no-such"], /^There is no paper no-such: /],
    [["cards", "--voters", "x.csv", "--out", "x"], "Name an election with --election, or a paper with --paper.\n"],
  ])("is told what to name instead: %s", async (words, sentence) => {
    const { exitCode, stdout, stderr } = await scrutin(port, ...words);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toEqual(typeof sentence === "string" ? sentence : expect.stringMatching(sentence));
  });

  test("acts on people of the roll by a file, and is told in a sentence what is missing", async () => {
    const id = "L40";
    await scrutin(port, "election", "apply", await office.file("ten.json", JSON.stringify(law({ electionId: id }))));
    const roll = await office.file("ten.csv", "nas,code,region_id\n111111111,ABC111,all\n222222222,ABC222,all\n");
    await scrutin(port, "roll", "import", roll, "--election", id);
    const people = await office.file("lost.csv", "nas\n111111111\n");
    const reissue = (...more: string[]) => scrutin(port, "roll", "reissue", "--election", id, ...more);
    for (const [words, sentence] of [
      [[], "Name the people in a CSV file with --voters: there is no terminal to ask at.\n"],
      [["--voters", people], "Name a file for the new codes with --out.\n"],
      [["--voters", people, "--out", roll], `${roll}: there is such a file already; name another.\n`],
    ] as const) {
      expect(await reissue(...words)).toEqual({ exitCode: 1, stdout: "", stderr: sentence });
    }
    const out = office.path("codes.csv");
    expect(await reissue("--voters", people, "--out", out, "--reason", "letter lost", "--as", "Ada")).toMatchObject({
      exitCode: 0,
      stdout: `election ${id}: new codes for 1 person; the old ones are void\nnew codes: ${out}\n`,
    });
    expect(await readFile(out, "utf8")).toMatch(/^nas,code,region_id\n111111111,[2-9A-Z]{6},all\n$/);
    const onPaper = await scrutin(port, "roll", "voted-elsewhere", "--election", id, "--voters", people);
    expect(onPaper.exitCode).toBe(0);
    const told = await scrutin(port, "roll", "remove", "--election", id, "--voters", people);
    expect([told.exitCode, told.stdout]).toEqual([
      1,
      expect.stringMatching(
        /^election L40: nothing was changed\nleft as they are: 1 person\n {2}line 2: voted elsewhere \(/,
      ),
    ]);
    const record = (await scrutin(port, "election", "show", id)).stdout;
    expect(record).toMatch(/Ada +roll reissue: 1 person, lost\.csv SHA-256 [0-9a-f]{64}, reason: letter lost$/m);
    expect(record).toMatch(/^on the roll +2, of whom 1 voted elsewhere$/m);
  });
  test("is told by line and reason what an import would leave out", async () => {
    const definition = await office.file("out.json", JSON.stringify(law({ electionId: "L10" })));
    await scrutin(port, "election", "apply", definition);
    const voters = await office.file(
      "out.csv",
      "nas,code,region_id\n1.2E+8,ABC123,1\n123456789,ABC123,1\n1,ABC123,1\n",
    );
    const dryRun = ["roll", "import", voters, "--election", "L10", "--dry-run"];
    const said = await scrutin(port, ...dryRun, "--skip-bad");
    expect(said).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^3 rows, the first of them:\n {2}line 3: /),
    });
    expect(said.stderr).toMatch(
      /^would leave out 2 bad rows\n {2}line 2: nas is a number in .*\n {2}line 4: nas must have .*\n$/,
    );
    expect(await scrutin(port, ...dryRun)).toMatchObject({ exitCode: 1, stdout: "" });
    expect(await office.roll("L10")).toEqual([]);
  });

  test("applies a definition with a byte order mark or in UTF-16, and is told the line that is in neither", async () => {
    const text = JSON.stringify({ ...law({ electionId: "L11" }), title: { fr: "Loi d’été", en: "Law" } }, null, 2);
    const apply = async (bytes: Buffer) => scrutin(port, "election", "apply", await office.file("bom.json", bytes));
    const marked = Buffer.from(`\uFEFF${text}`, "utf16le");
    expect(await apply(Buffer.from(`\uFEFF${text}`))).toMatchObject({ exitCode: 0, stderr: "" });
    for (const bytes of [marked, Buffer.from(marked).swap16()]) {
      expect((await apply(bytes)).stdout).toBe("election L11: unchanged\n");
    }
    expect(await apply(Buffer.from(text.replaceAll("’", "'"), "latin1"))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/bom\.json, line 4: this is not UTF-8: save the file again in that encoding\.\n$/),
    });
  });

  test("is told all faults of a definition at once, and registers nothing; two of one name are warned of", async () => {
    const definition = race({ electionId: "N1" });
    if (definition.votingMethod === "referendum") throw new Error("a race was expected");
    const { candidates, ...rest } = definition;
    const twice = [...candidates, { ...candidates[0], candidateId: "4" }];
    const apply = async (definition: object) =>
      scrutin(port, "election", "apply", await office.file("new.json", JSON.stringify(definition)));
    const faulty = {
      ...rest,
      title: 1,
      opensAt: "2025-07-01T09:00:00-05:00",
      candidates: [{ ...candidates[0], partyId: "q" }],
    };
    const file = office.path("new.json");
    expect(await apply(faulty)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: [
        `${file}: title: must be of type object.`,
        `${file}: candidates[0].partyId (Ada Roy, region 1): no party q is defined.`,
        `${file}: regions: nobody stands in region 2.`,
        `${file}: opensAt: has the offset -05:00, which clocks in America/Toronto do not have then: write 2025-07-01T09:00:00-04:00.`,
        "",
      ].join("\n"),
    });
    expect((await scrutin(port, "election", "show", "N1")).exitCode).toBe(1);
    expect(await apply({ ...rest, candidates: twice })).toEqual({
      exitCode: 0,
      stdout: "election N1: registered\n",
      stderr: `${file}: warning: Ada Roy: two candidates have this name in “Region 1” (ids 1 and 4). If they are two people, let party, biography or photo tell them apart.\n`,
    });
    expect(await scrutin(port, "election", "extend", "N1", "--closes", "2100-07-01T20:00:00-05:00")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("write 2100-07-01T20:00:00-04:00."),
    });
  });

  test("deletes an election that has not opened, once its id is typed", async () => {
    const upcoming = law({ electionId: "L12", opensAt: "2099-01-01T00:00:00Z" });
    await scrutin(port, "election", "apply", await office.file("upcoming.json", JSON.stringify(upcoming)));
    const words = ["election", "delete", "L12", "--as", "Ada", "--reason", "a slip"];
    const unsure = await runHere(port, words, "L9\n");
    expect(unsure).toMatchObject({ exitCode: 1, stdout: "" });
    expect(unsure.stderr).toMatch(/Type the election's id to continue: Nothing was deleted\.\n$/);
    const sure = await runHere(port, words, "L12\n");
    expect(sure.exitCode).toBe(0);
    expect(sure.stdout).toMatch(/^election L12: deleted at .* by Ada, reason: a slip; 0 voters were on its roll\n$/);
    expect((await scrutin(port, "election", "show", "L12")).stderr).toMatch(
      /It was deleted at .* by Ada, reason: a slip\.\n$/,
    );
  });

  test("shows an election, extends it, cannot close it early, and exports its rejected attempts and its audit", async () => {
    const definition = await office.file("tools.json", JSON.stringify(law({ electionId: "L8" })));
    await scrutin(port, "election", "apply", definition, "--as", "Ada");
    const said = async (...words: string[]) => {
      const { exitCode, stdout, stderr } = await scrutin(port, ...words);
      expect({ words, exitCode, stderr }).toEqual({ words, exitCode: 0, stderr: "" });
      return stdout;
    };
    expect(await said("election", "extend", "L8", "--closes", "2100-01-01T00:00:00Z", "--as", "Bo")).toBe(
      "election L8: closing extended from 2099-12-31T23:59:59Z to 2100-01-01T00:00:00Z, reason not given\n",
    );
    expect(await said("election", "show", "L8")).toMatch(/ Bo +closing extended from /);
    expect(await scrutin(port, "election", "close", "L8")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "closesAt: voting in election L8 ends at 2100-01-01T00:00:00Z; it is closed after that and never sooner.\n",
    });
    expect(await said("rejected", "list", "L8")).toBe("No attempt was rejected in election L8.\n");
    const rows = office.path("rejected.csv");
    expect(await said("rejected", "export", "L8", "--out", rows)).toBe(`wrote 0 rows to ${rows}\n`);
    const audit = office.path("audit.ndjson");
    expect(await said("audit", "export", "L8", "--out", audit)).toBe(
      `wrote 2 state changes, 0 accepted and 0 rejected attempts to ${audit}\n`,
    );
  });

  test("is told in a sentence what cannot be done, with exit code 1 and no stack trace", async () => {
    const definition = await office.file("broken.json", "{}");
    const cases: [string[], RegExp][] = [
      [["election", "apply", definition], /^.*broken\.json: votingMethod: is missing\.\n.*electionId: is missing\.\n/],
      [["election", "apply", "nowhere.json"], /^nowhere\.json: there is no such file\.\n$/],
      [
        ["roll", "import", "nowhere.csv", "--election", "none"],
        /^There is no election none: apply its definition first\.\n$/,
      ],
      [["roll", "generate", "--voters", "many", "--out", office.path("x")], /must be a whole number/],
      [
        ["roll", "generate", "--voters", "0", "--out", office.path("x")],
        /^The number of voters must be a whole number from 1/,
      ],
      [["roll", "generate", "--voters", "1", "--out", office.path("no/x")], /^.*x: there is no such folder\.\n$/],
      [["results", "none"], /^Scrutin does not answer at http:\/\/127\.0\.0\.1:\d+\.\n$/],
      [["recall", "everybody"], /^error: unknown command 'recall'/],
    ];
    for (const [words, sentence] of cases) {
      const { exitCode, stdout, stderr } = await scrutin(port, ...words);
      expect(stderr).toMatch(sentence);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).not.toMatch(/^ +at /m);
    }
  });

  test("is told when nothing is running, even if a killed system left its file", async () => {
    const sentence = `No Scrutin is running on port ${silentPort}. Start one with npm start, or name a deployed one with --stage.\n`;
    const none = { exitCode: 1, stdout: "", stderr: sentence };
    expect(await runTool(silentPort, ["election", "list"])).toEqual(none);
    const left = `${REPOSITORY}.scrutin/${silentPort}.json`;
    // Above any process id.
    await writeFile(left, (await readFile(runningFile(), "utf8")).replace(/"pid":\d+/, '"pid":2147483646'));
    expect(await scrutin(silentPort, "election", "list")).toEqual(none);
    await rm(left);
  });

  test("gets generated credentials in a file that nobody else can read", async () => {
    const out = office.path("private.csv");
    await scrutin(port, "roll", "generate", "--voters", "5", "--out", out);
    expect((await stat(out)).mode & 0o077).toBe(0);
  });
});
