import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Fault } from "#load/faults/fault.ts";
import { keptFault } from "#load/faults/kept-system.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";
import { clientConfig } from "#local/services/credentials.ts";

/**
 * The disk under `DATA_DIR` is nearly full and fills up while people vote: no file may grow beyond a limit (`ulimit -f`, which
 * needs no rights), and that of one service is almost there. Later somebody makes room and starts the system again.
 */

type Filling = Readonly<{
  /** Makes one service's file larger than any that a start writes, so that the limit stops that service alone. */
  fill(system: RunningSystem, votes: number): Promise<void>;
  /** How much the filled file may still grow, in bytes a voter. */
  roomBytesPerVote: number;
  isWatched(fileName: string): boolean;
}>;

/** `ulimit -f` counts in blocks of this many bytes (POSIX). */
const BLOCK_BYTES = 512;
const FULL_FOR_MS = { full: 20_000, short: 5_000 } as const;
const LOOK_EVERY_MS = 100;
/** The next write, of one page or several, may not fit below the limit. */
const LAST_BYTES = 64 * 1024;

const DATABASE: Filling = {
  async fill({ outputs, endpoints }) {
    const client = new DynamoDBClient(clientConfig(endpoints.dynamodb));
    for (let item = 0; item < 40; item++) {
      const Item = { hash: { S: `filling ${item}` }, filling: { B: new Uint8Array(390_000) } };
      await client.send(new PutItemCommand({ TableName: outputs.RollTable, Item }));
    }
    client.destroy();
  },
  // Room for some of the votes: each takes about 2 kB.
  roomBytesPerVote: 300,
  isWatched: () => true,
};

const QUEUE: Filling = {
  async fill({ endpoints }, votes) {
    const client = new SQSClient(clientConfig(endpoints.sqs));
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "filling" }));
    const MessageBody = "x".repeat(250_000);
    // 5 kB a voter: more than the database takes, and the journal of their messages grows by 20 kB a voter.
    for (let message = 0; message < 12 + votes / 50; message++) {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
    client.destroy();
  },
  roomBytesPerVote: 0,
  // What cannot be moved into the file waits in the journal, until that is as long.
  isWatched: (fileName) => fileName.endsWith("-wal"),
};

async function largestFileBytes(folder: string, isWatched: (fileName: string) => boolean): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const watched = entries.filter((entry) => entry.isFile() && isWatched(entry.name));
  // A journal may be gone by now.
  const sizes = watched.map(async ({ parentPath, name }) => {
    return (await stat(join(parentPath, name)).catch(() => undefined))?.size ?? 0;
  });
  return Math.max(0, ...(await Promise.all(sizes)));
}

function diskFull(name: string, told: string, { fill, roomBytesPerVote, isWatched }: Filling): Fault {
  return keptFault(name, told, async (system, poll, { votes, isFull }) => {
    await fill(system.now(), votes);
    await system.end("SIGTERM");
    const limit = (await largestFileBytes(system.folder, () => true)) + votes * roomBytesPerVote;
    // A full disk sends no signal; this limit does, and the signal would end processes.
    await system.start(`trap '' XFSZ; ulimit -f ${Math.ceil(limit / BLOCK_BYTES)}`);

    let isVoting = true;
    const voting = poll.vote().finally(() => {
      isVoting = false;
    });
    const isReached = async (): Promise<boolean> =>
      (await largestFileBytes(system.folder, isWatched)) >= limit - LAST_BYTES;
    while (isVoting && !(await isReached())) await pause(LOOK_EVERY_MS);
    const times = (await isReached()) ? 1 : 0;
    const lastsMs = isFull ? FULL_FOR_MS.full : FULL_FOR_MS.short;
    await pause(lastsMs);
    await system.end("SIGTERM");
    await system.start();
    await voting;
    return { times, happened: times === 0 ? "never full" : `once, full for ${lastsMs / 1000} s` };
  });
}

export const DISK_FULL: readonly Fault[] = [
  diskFull("disk-full", "the disk under `DATA_DIR` is full, and has room again later", DATABASE),
  diskFull("disk-full-queue", "the same, where it is the queue that cannot write", QUEUE),
];
