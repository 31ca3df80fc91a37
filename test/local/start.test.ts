import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, describe, expect, test } from "vitest";
import { clientConfig } from "#local/services/credentials.ts";
import { voter } from "#test/e2e/voters.ts";

/** `npm start` as its user sees it. */

const LAW = "L2025-001";
const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-start-"));
  folders.push(folder);
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

function start(environment: Record<string, string>, command: readonly string[] = [process.execPath, "local/start.ts"]) {
  const [program = "", ...args] = command;
  const env = { ...process.env, ...environment };
  // A process group of its own, as a terminal makes one.
  const child = spawn(program, args, { env, stdio: "pipe", detached: true });
  children.push(child);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = async (): Promise<void> => {
    while (!output.includes("Scrutin is ready:")) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${errors}`);
      await sleep(50);
    }
  };
  return { child, exit, ready, output: () => output, errors: () => errors };
}

/** Processes on this machine with a text in their command line. */
async function processesNaming(text: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid,args"]);
  return stdout.split("\n").filter((line) => line.includes(text));
}

describe("a system that cannot start says why in one sentence and exits with 1", () => {
  const sentence = async (environment: Record<string, string>): Promise<string> => {
    const { exit, errors } = start(environment);
    expect(await exit).toBe(1);
    expect(errors().trim().split("\n")).toHaveLength(1);
    return errors();
  };

  test("when the port is in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await sentence({ PORT: String(port) })).toContain(`Port ${port} is in use`);
    server.close();
  });

  test("when there is no Java", async () => {
    expect(await sentence({ PORT: String(await freePort()), PATH: dirname(process.execPath) })).toContain(
      "Java is not installed",
    );
  });

  test("when a definition is invalid: file, field and rule", async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, "mine.json"),
      JSON.stringify({
        electionId: "X",
        votingMethod: "referendum",
        title: { fr: "a", en: "a" },
        question: { fr: "a", en: "a" },
        opensAt: "2026-01-02T00:00:00Z",
        closesAt: "2026-01-01T00:00:00Z",
      }),
    );
    const told = await sentence({ PORT: String(await freePort()), ELECTIONS_DIR: folder });
    expect(told).toContain("mine.json");
    expect(told).toContain("closesAt");
    expect(told).toContain("close after it opens");
  });
});

/** The number of items in the votes table of the system on a port, with which the tallies must agree. */
async function ballotsInTheBox(port: number): Promise<number> {
  const running = JSON.parse(await readFile(new URL(`../../.scrutin/${port}.json`, import.meta.url), "utf8"));
  const client = new DynamoDBClient(clientConfig(running.endpoints.dynamodb));
  const { Count } = await client.send(new ScanCommand({ TableName: running.outputs.VotesTable, Select: "COUNT" }));
  client.destroy();
  return Count ?? -1;
}

/** The ids of a process and all its current descendants. */
async function treeOf(root: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid=,ppid="]);
  const all = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = [root];
  for (const parent of tree) tree.push(...all.flatMap(([pid, ppid]) => (ppid === parent ? [Number(pid)] : [])));
  return tree;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("no process is left of an `npm start`", () => {
  test.each([
    ["npm is told to end", "SIGTERM", (npm: number) => npm],
    ["npm is killed", "SIGKILL", (npm: number) => npm],
    ["Node is killed", "SIGKILL", (_: number, node: number) => node],
    // A terminal signals every process in the group.
    ["its terminal is closed", "SIGHUP", (npm: number) => -npm],
  ] as const)("when %s", async (_, signal, target) => {
    const port = String(await freePort());
    const { child, ready } = start({ PORT: port }, ["npm", "start"]);
    const npm = Number(child.pid);
    await ready();
    const tree = await treeOf(npm);
    expect(tree.length).toBeGreaterThan(10);
    process.kill(target(npm, Number(tree[1])), signal);
    // Otherwise the test times out.
    while (tree.some(isAlive)) await sleep(100);
  });
});

describe("with DATA_DIR", () => {
  /** Casts ten at a time, and adds the ids of those answered with 202 to `requestIds` as they arrive. */
  const castAll = async (url: string, from: number, count: number, requestIds: string[]): Promise<void> => {
    const cast = async (n: number): Promise<void> => {
      const { nas, code } = voter(n);
      const response = await fetch(`${url}/api/v1/vote`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ nas, code, law_id: LAW, vote: n % 2 === 0 ? "oui" : "non" }),
      }).catch(() => undefined);
      if (response?.status !== 202) return;
      // A kill may cut the answer short: then nobody was told 202.
      const receipt = await response.json().catch(() => undefined);
      if (receipt !== undefined) requestIds.push(receipt.request_id);
    };
    for (let n = from; n < from + count; n += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => cast(n + index)));
    }
  };
  const json = async (url: string) => (await fetch(url)).json();

  test("neither stopping under load nor kill -9 of the whole system loses an accepted vote or counts one twice", async () => {
    const dataFolder = await temporaryFolder();
    const accepted: string[] = [];
    let from = 0;
    for (const signal of ["SIGTERM", "SIGKILL", "SIGKILL"] as const) {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const system = start({ PORT: String(port), DATA_DIR: dataFolder });
      await system.ready();
      const told: string[] = [];
      const casting = castAll(url, from, 100, told);
      while (told.length < 15) await sleep(1);
      const stoppedMs = Date.now();
      system.child.kill(signal);
      await casting;
      accepted.push(...told);
      expect(await system.exit).toBe(signal === "SIGTERM" ? 0 : null);
      if (signal === "SIGTERM") expect(Date.now() - stoppedMs).toBeLessThan(5_000);
      while ((await processesNaming(dataFolder)).length > 0) await sleep(100);
      from += 100;
    }

    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const system = start({ PORT: String(port), DATA_DIR: dataFolder });
    await system.ready();
    expect(accepted.length).toBeGreaterThan(20);
    const statusOf = async (id: string): Promise<string> => (await json(`${url}/api/v1/votes/${id}`)).status;
    let waiting = accepted;
    while (waiting.length > 0) {
      const statuses = await Promise.all(waiting.map(async (id) => [id, await statusOf(id)] as const));
      expect(statuses.every(([, status]) => status === "accepted" || status === "queued")).toBe(true);
      waiting = statuses.filter(([, status]) => status === "queued").map(([id]) => id);
      await sleep(200);
    }
    // Everybody who was told 202 is counted, and at most those besides whose answer the kill cut off.
    let total = -1;
    for (let last = -2; last !== total; ) {
      last = total;
      await sleep(2_500);
      total = (await json(`${url}/api/v1/results/${LAW}`)).total;
    }
    expect(total).toBe(await ballotsInTheBox(port));
    expect(total).toBeGreaterThanOrEqual(accepted.length);
    expect(total).toBeLessThanOrEqual(300);
    // Nobody reads its output any more; it must still stop cleanly.
    system.child.stdout?.destroy();
    system.child.kill("SIGINT");
    expect(await system.exit).toBe(0);
    // Four starts, which together take 80 s on a busy machine.
  }, 240_000);
});
