#!/usr/bin/env node
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { EMBEDDED } from "#admin/connection/connection.ts";
import { peakMemory } from "#admin/terminal/peak-memory.ts";
import { grouped, say, table as tableOf } from "#load/shared/report.ts";
import { commitToRoll } from "#storage/roll-commitment.ts";

/**
 * `node load/roll-commitment.ts --voters 8000000`: what stating the opening of an election takes of the officer's machine. The roll
 * table is a process of its own that answers scans with invented entries; what DynamoDB takes to read millions is not measured.
 */

/** Items on a page of 1 MB (Scan in the DynamoDB API reference), 75 bytes each. */
const PAGE = 13_900;
const SEGMENTS = 8;
const REGIONS = 338;

const Scan = z.object({
  Segment: z.number(),
  ExclusiveStartKey: z.object({ hash: z.object({ S: z.string() }) }).optional(),
});

function page(segment: number, from: number, ofSegment: number): object {
  const count = Math.min(PAGE, ofSegment - from);
  const random = randomBytes(32 * count);
  const Items = Array.from({ length: count }, (_, index) => ({
    hash: { S: random.toString("base64url", 32 * index, 32 * (index + 1)) },
    regionId: { S: String(((from + index) % REGIONS) + 1) },
  }));
  const next = from + count;
  return {
    Items,
    ScannedCount: count,
    ...(next < ofSegment && { LastEvaluatedKey: { hash: { S: `${segment}:${next}` } } }),
  };
}

/** Serves a table of so many voters, and tells the parent process its port. */
function serve(voters: number): void {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const { Segment, ExclusiveStartKey } = Scan.parse(JSON.parse(body));
      const from = Number(ExclusiveStartKey?.hash.S.split(":")[1] ?? 0);
      const ofSegment = Math.floor(voters / SEGMENTS) + (Segment < voters % SEGMENTS ? 1 : 0);
      response.setHeader("content-type", "application/x-amz-json-1.0");
      response.end(JSON.stringify(page(Segment, from, ofSegment)));
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.send?.(typeof address === "object" ? address?.port : undefined);
  });
  process.once("disconnect", () => process.exit(0));
}

async function measure(voters: number): Promise<void> {
  const table = fork(fileURLToPath(import.meta.url), ["--voters", String(voters), "--serve"]);
  const [port] = await once(table, "message");
  const client = new DynamoDBClient({ ...EMBEDDED, endpoint: `http://127.0.0.1:${port}` });
  const [beganMs, before] = [performance.now(), process.cpuUsage()];
  const { onRoll } = await commitToRoll(
    { documents: DynamoDBDocumentClient.from(client), rollTable: "roll" },
    // Every invented entry is this election's.
    "measured",
  );
  const { user, system } = process.cpuUsage(before);
  client.destroy();
  table.disconnect();
  const committed = Object.values(onRoll).reduce((sum, count) => sum + count, 0);
  if (committed !== voters) throw new Error(`${committed} of ${voters} voters were committed to`);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  say(
    tableOf([
      ["voters", grouped(voters)],
      ["by the clock", seconds(performance.now() - beganMs)],
      ["processor time", seconds((user + system) / 1000)],
      ["peak memory", `${grouped(peakMemory() / 1e6)} MB`],
    ]),
  );
}

const { values } = parseArgs({
  options: { voters: { type: "string", default: "2000000" }, serve: { type: "boolean", default: false } },
});
const voters = z.coerce.number().int().positive().parse(values.voters);
if (values.serve) serve(voters);
else await measure(voters);
