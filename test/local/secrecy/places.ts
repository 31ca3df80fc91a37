import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientConfig } from "#local/services/credentials.ts";
import type { System } from "#local/system.ts";
import type { Call } from "#test/local/secrecy/recorder.ts";

/** Everywhere that a running system stores or sends anything. */

export const PLACES = ["log", "metric", "table", "queue", "dead letter", "stream", "call", "file"] as const;
export type Place = (typeof PLACES)[number];

/** One line, item, message, record, call or file. */
export type Kept = Readonly<{ place: Place; where: string; content: Buffer }>;

/** An item as text, its binary values in base64 and also as they are. */
function textOf(value: unknown): Buffer {
  const raw: Buffer[] = [];
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (!(inner instanceof Uint8Array)) return inner;
    raw.push(Buffer.from("\n"), Buffer.from(inner));
    return Buffer.from(inner).toString("base64");
  });
  return Buffer.concat([Buffer.from(text ?? ""), ...raw]);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The lines that functions wrote: logs, and metrics in the embedded format. */
export async function linesIn(logFolder: string): Promise<readonly Kept[]> {
  const lines: Kept[] = [];
  for (const file of await filesIn(logFolder)) {
    for (const line of (await readFile(file, "utf8")).split("\n")) {
      if (line === "") continue;
      lines.push({
        place: line.includes('"CloudWatchMetrics"') ? "metric" : "log",
        where: file,
        content: Buffer.from(line),
      });
    }
  }
  return lines;
}

/** Whole files as bytes, since what was deleted from a table or queue may still be in them. */
export async function filesAsBytes(...folders: readonly string[]): Promise<readonly Kept[]> {
  const files = (await Promise.all(folders.map(filesIn))).flat();
  return Promise.all(
    files.map(async (file) => ({ place: "file" as const, where: file, content: await readFile(file) })),
  );
}

export async function itemsOf({ outputs, endpoints }: System): Promise<readonly Kept[]> {
  const client = new DynamoDBClient(clientConfig(endpoints.dynamodb));
  const items: Kept[] = [];
  for (const [output, table] of Object.entries(outputs)) {
    if (!output.endsWith("Table")) continue;
    for await (const { Items = [] } of paginateScan({ client }, { TableName: table })) {
      items.push(...Items.map((item) => ({ place: "table" as const, where: table, content: textOf(item) })));
    }
  }
  client.destroy();
  return items;
}

export async function streamRecordsOf({ endpoints }: System): Promise<readonly Kept[]> {
  const client = new DynamoDBStreamsClient(clientConfig(endpoints.dynamodb));
  const records: Kept[] = [];
  const { Streams = [] } = await client.send(new ListStreamsCommand({}));
  for (const { StreamArn = "" } of Streams) {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
    for (const { ShardId = "" } of StreamDescription?.Shards ?? []) {
      let { ShardIterator: iterator } = await client.send(
        new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
      );
      for (let read = 1; read > 0 && iterator !== undefined; ) {
        const { Records = [], NextShardIterator } = await client.send(
          new GetRecordsCommand({ ShardIterator: iterator }),
        );
        records.push(
          ...Records.map((record) => ({ place: "stream" as const, where: ShardId, content: textOf(record) })),
        );
        read = Records.length;
        iterator = NextShardIterator;
      }
    }
  }
  client.destroy();
  return records;
}

/** Receives every message in a queue, and hides it from others for the rest of the test. */
export async function messagesOf({ endpoints }: System, queueUrl: string): Promise<readonly Kept[]> {
  const client = new SQSClient(clientConfig(endpoints.sqs));
  const messages: Kept[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 600,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) break;
    messages.push(
      ...Messages.map((message) => ({ place: "dead letter" as const, where: queueUrl, content: textOf(message) })),
    );
  }
  client.destroy();
  return messages;
}

/** The calls between functions and one service. */
export function callsTo(service: string, calls: readonly Call[]): readonly Kept[] {
  return calls.flatMap(({ action, headers, request, answer }) => {
    const place = /^(Send|Receive)Message/.test(action) ? ("queue" as const) : ("call" as const);
    const where = `${service} ${action}`;
    const content = Buffer.concat([Buffer.from(JSON.stringify(headers)), Buffer.from("\n"), request]);
    return [
      { place, where, content },
      { place, where: `${where}, answer`, content: answer },
    ];
  });
}

/** Two things in a file that are this close are taken to belong to one record. */
const NEAR_BYTES = 200;
const SQLITE = "SQLite format 3\0";

/** A candidate's id in a definition, by what comes before or after it; quotation marks may be escaped. */
const IN_A_DEFINITION = /candidateId\\*":\\*"\w+|\w+(?=\\*",\\*"firstName)/g;

/**
 * A selection in a tally, which is nobody's own: in a row's key, after its shard's id, or as a cell, between its region and
 * its number.
 */
const IN_A_TALLY = /-[0-9a-f]{8}#\w+(?:>\w+)*|"(?:all|1)#\w+(?:>\w+)*|\w+(?:>\w+)*(?=":\{"N":)/g;

/**
 * The same bytes with a definition's candidates and a tally's selections blanked. SQLite does not erase what it deletes, so
 * rows of another table may be written to a page that still holds old text.
 */
function withoutRemains(bytes: Buffer): Buffer {
  const blank = (remains: string): string => "\0".repeat(remains.length);
  const text = bytes.toString("latin1").replaceAll(IN_A_DEFINITION, blank).replaceAll(IN_A_TALLY, blank);
  return Buffer.from(text, "latin1");
}

/**
 * What is near a position in a file. A page of a database holds rows of one table, so the next page is not looked at.
 * Remains are searched for twice as far out, so that none is cut in half and missed.
 */
export function nearIn(file: Buffer, at: number, length: number): Buffer {
  // The page size is at byte 16, where 1 means 65,536 (sqlite.org, "Database File Format").
  const told = file.subarray(0, SQLITE.length).toString("latin1") === SQLITE ? file.readUInt16BE(SQLITE.length) : 0;
  const pageBytes = told === 1 ? 65_536 : told;
  const pageStart = pageBytes === 0 ? 0 : at - (at % pageBytes);
  const pageEnd = pageBytes === 0 ? file.length : pageStart + pageBytes;
  const reach = (bytes: number) => [Math.max(pageStart, at - bytes), Math.min(pageEnd, at + length + bytes)] as const;
  const [from, to] = reach(2 * NEAR_BYTES);
  const [nearFrom, nearTo] = reach(NEAR_BYTES);
  return withoutRemains(file.subarray(from, to)).subarray(nearFrom - from, nearTo - from);
}
