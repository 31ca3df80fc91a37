import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Fault } from "#load/faults/fault.ts";
import { openPoll } from "#load/faults/poll.ts";
import { end } from "#load/faults/runtime.ts";
import { type RunningSystem, startSystem } from "#load/shared/running-system.ts";
import { freePort } from "#local/free-port.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";
import { clientConfig } from "#local/services/credentials.ts";

/**
 * The disk under `DATA_DIR` is nearly full and fills up while people vote: no file may grow beyond a limit (`ulimit -f`, which
 * needs no rights), and that of one service is almost there. Later somebody makes room and starts the system again.
 */

type Filling = Readonly<{
  name: string;
  told: string;
  /** Makes one service's file larger than any that a start writes, so that the limit stops that service alone. */
  fill(system: RunningSystem, votes: number): Promise<void>;
  /** By how much the file that is filled may still grow, in bytes a voter. */
  roomBytesPerVote: number;
  /** Which file says that the limit is reached. */
  isWatched(fileName: string): boolean;
}>;

/** `ulimit -f` counts in blocks of this many bytes (POSIX). */
const BLOCK_BYTES = 512;
const FULL_FOR_MS = { full: 20_000, short: 5_000 } as const;
const LOOK_EVERY_MS = 100;
/** What is written next, a page with its head or a row of them, may not fit below the limit. */
const LAST_BYTES = 64 * 1024;

const DATABASE: Filling = {
  name: "disk-full",
  told: "the disk under `DATA_DIR` is full, and has room again later",
  async fill({ outputs, endpoints }) {
    const client = new DynamoDBClient(clientConfig(endpoints.dynamodb));
    for (let item = 0; item < 40; item++) {
      const Item = { hash: { S: `filling ${item}` }, filling: { B: new Uint8Array(390_000) } };
      await client.send(new PutItemCommand({ TableName: outputs.RollTable, Item }));
    }
    client.destroy();
  },
  // Room for a part of the votes: each takes some 2 kB.
  roomBytesPerVote: 300,
  isWatched: () => true,
};

const QUEUE: Filling = {
  name: "disk-full-queue",
  told: "the same, where it is the queue that cannot write",
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
  const sizes = entries
    .filter((entry) => entry.isFile() && isWatched(entry.name))
    .map(async (entry) => {
      // A journal may be gone by now.
      const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
      return found?.size ?? 0;
    });
  return Math.max(0, ...(await Promise.all(sizes)));
}

function diskFull({ name, told, fill, roomBytesPerVote, isWatched }: Filling): Fault {
  return {
    name,
    told,
    isShort: false,
    run: (trial) =>
      inTemporaryFolder(async (DATA_DIR) => {
        const port = await freePort();
        let system = await startSystem(port, { DATA_DIR });
        try {
          const poll = await openPoll(system, trial);
          await fill(system, trial.votes);
          await end(system, "SIGTERM");
          const limit = (await largestFileBytes(DATA_DIR, () => true)) + trial.votes * roomBytesPerVote;
          const blocks = Math.ceil(limit / BLOCK_BYTES);
          // The signal that comes with the limit would end processes that a full disk does not end.
          system = await startSystem(port, { DATA_DIR }, `trap '' XFSZ; ulimit -f ${blocks}`);

          let isVoting = true;
          const voting = poll
            .vote(() => {})
            .finally(() => {
              isVoting = false;
            });
          const isFull = async (): Promise<boolean> =>
            (await largestFileBytes(DATA_DIR, isWatched)) >= limit - LAST_BYTES;
          while (isVoting && !(await isFull())) await pause(LOOK_EVERY_MS);
          const cameAbout = await isFull();
          const lastsMs = trial.isFull ? FULL_FOR_MS.full : FULL_FOR_MS.short;
          await pause(lastsMs);
          await end(system, "SIGTERM");
          system = await startSystem(port, { DATA_DIR });
          await voting;
          await poll.decide(system);
          const outcome = await poll.settle(system);
          return { ...outcome, times: cameAbout ? 1 : 0, happened: `once, full for ${lastsMs / 1000} s` };
        } finally {
          await system.stop();
        }
      }),
  };
}

export const DISK_FULL: readonly Fault[] = [diskFull(DATABASE), diskFull(QUEUE)];
