import { execFile } from "node:child_process";
import { chmod, readFile, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { freePort } from "#local/listening.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { voter } from "#test/e2e/voters.ts";
import { SMALL, smallElectorate, start, temporaryFolder } from "#test/local/start/npm-start.ts";

const LAW = "L2025-001";

/** Processes on this machine with a text in their command line. */
async function processesNaming(text: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid,args"]);
  return stdout.split("\n").filter((line) => line.includes(text));
}
/** The number of items in the votes table of the system on a port, with which the tallies must agree. */
async function ballotsInTheBox(port: number): Promise<number> {
  const running = JSON.parse(await readFile(new URL(`../../../.scrutin/${port}.json`, import.meta.url), "utf8"));
  const client = new DynamoDBClient(clientConfig(running.endpoints.dynamodb));
  const { Count } = await client.send(new ScanCommand({ TableName: running.outputs.VotesTable, Select: "COUNT" }));
  client.destroy();
  return Count ?? -1;
}
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
    const [dataFolder, electionsFolder] = [await temporaryFolder(), await smallElectorate()];
    await chmod(dataFolder, 0o755);
    const accepted: string[] = [];
    let from = 0;
    for (const signal of ["SIGTERM", "SIGKILL", "SIGKILL"] as const) {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const system = start({ PORT: String(port), DATA_DIR: dataFolder, ELECTIONS_DIR: electionsFolder });
      await system.ready();
      // No other user of the machine may read it.
      expect((await stat(dataFolder)).mode & 0o777).toBe(0o700);
      const told: string[] = [];
      const casting = castAll(url, from, 100, told);
      while (told.length < 15) await sleep(1);
      const stoppedMs = Date.now();
      system.child.kill(signal);
      await casting;
      accepted.push(...told);
      expect(await system.exit).toBe(signal === "SIGTERM" ? 0 : null);
      if (signal === "SIGTERM") expect(Date.now() - stoppedMs).toBeLessThan(30_000);
      while ((await processesNaming(dataFolder)).length > 0) await sleep(100);
      from += 100;
    }

    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const system = start({ PORT: String(port), DATA_DIR: dataFolder, ELECTIONS_DIR: electionsFolder });
    await system.ready();
    // The law's times count from the first of these starts.
    expect(system.output()).not.toContain("note");
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
    expect(total).toBeLessThanOrEqual(SMALL);
    // Nobody reads its output any more; it must still stop cleanly.
    system.child.stdout?.destroy();
    system.child.kill("SIGINT");
    expect(await system.exit).toBe(0);
    // Four starts, which together take 80 s on a busy machine.
  }, 240_000);
});
