import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Fault } from "#load/faults/fault.ts";
import { openPoll } from "#load/faults/poll.ts";
import { end } from "#load/faults/runtime.ts";
import { inTemporaryFolder } from "#load/loose-ends.ts";
import { freePort, type RunningSystem, startSystem } from "#load/running-system.ts";
import { clientConfig } from "#local/credentials.ts";

/**
 * The disk under `DATA_DIR` is nearly full and fills up while people vote: no file may grow beyond a limit (`ulimit -f`, which
 * needs no rights), and the database's is almost there. Later somebody makes room and starts the system again.
 */

/** What fills the disk beforehand: more than any file that a start writes, so that the limit stops the database alone. */
const FILLING = { items: 40, bytes: 390_000 } as const;

/** `ulimit -f` counts in blocks of this many bytes (POSIX). */
const BLOCK_BYTES = 512;
/** Room for a part of the votes: each takes some 2 kB of the largest file. */
const ROOM_BYTES_PER_VOTE = 300;
const FULL_FOR_MS = { full: 20_000, short: 5_000 } as const;
const LOOK_EVERY_MS = 100;
/** A database's last page may not fit below the limit. */
const PAGE_BYTES = 4096;

async function fillUp({ outputs, endpoints }: RunningSystem): Promise<void> {
  const client = new DynamoDBClient(clientConfig(endpoints.dynamodb));
  for (let item = 0; item < FILLING.items; item++) {
    const Item = { hash: { S: `filling ${item}` }, filling: { B: new Uint8Array(FILLING.bytes) } };
    await client.send(new PutItemCommand({ TableName: outputs.RollTable, Item }));
  }
  client.destroy();
}

async function largestFileBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      // A journal may be gone by now.
      const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
      return found?.size ?? 0;
    });
  return Math.max(0, ...(await Promise.all(sizes)));
}

export const DISK_FULL: readonly Fault[] = [
  {
    name: "disk-full",
    told: "the disk under `DATA_DIR` is full, and has room again later",
    isShort: false,
    run: (trial) =>
      inTemporaryFolder(async (DATA_DIR) => {
        const port = await freePort();
        let system = await startSystem(port, { DATA_DIR });
        try {
          const poll = await openPoll(system, trial);
          await fillUp(system);
          await end(system, "SIGTERM");
          const limit = (await largestFileBytes(DATA_DIR)) + trial.votes * ROOM_BYTES_PER_VOTE;
          const blocks = Math.ceil(limit / BLOCK_BYTES);
          // The signal that comes with the limit would end processes that a full disk does not end.
          system = await startSystem(port, { DATA_DIR }, `trap '' XFSZ; ulimit -f ${blocks}`);

          let isVoting = true;
          const voting = poll
            .vote(() => {})
            .finally(() => {
              isVoting = false;
            });
          while (isVoting && (await largestFileBytes(DATA_DIR)) < limit - PAGE_BYTES) await pause(LOOK_EVERY_MS);
          const isFull = (await largestFileBytes(DATA_DIR)) >= limit - PAGE_BYTES;
          const lastsMs = trial.isFull ? FULL_FOR_MS.full : FULL_FOR_MS.short;
          await pause(lastsMs);
          await end(system, "SIGTERM");
          system = await startSystem(port, { DATA_DIR });
          await voting;
          await poll.decide(system);
          const outcome = await poll.settle(system);
          return {
            ...outcome,
            times: isFull ? 1 : 0,
            happened: `once, full for ${lastsMs / 1000} s`,
          };
        } finally {
          await system.stop();
        }
      }),
  },
];
