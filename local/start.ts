import { resolve } from "node:path";
import * as z from "zod";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Refusal } from "#core/refusal.ts";
import { scheduleAsBatch } from "#local/batch-scheduling.ts";
import { DEMO_FOLDER, DEMO_VOTER, isDemonstration } from "#local/demo.ts";
import { DEMO_PASSWORD, OFFICE_ACCOUNTS } from "#local/identity/accounts.ts";
import { asksForHelp, HELP } from "#local/start-arguments.ts";
import { type System, startSystem } from "#local/system.ts";

/** `npm start`: runs Scrutin on this machine until it is told to stop. */

const Settings = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  DATA_DIR: z.string().min(1).optional(),
  LOG_DIR: z.string().min(1).optional(),
  ELECTIONS_DIR: z.string().min(1).optional(),
  /** Set by tests and load only. */
  BELIEVE_VIEWER_ADDRESS: z.literal("1").optional().catch(undefined),
});

// The reader may leave (`npm start | head -1`, a closed terminal): voting goes on.
process.stdout.on("error", () => {});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function fail(error: unknown): never {
  process.stderr.write(
    error instanceof Refusal
      ? `${error.message}\n`
      : `Scrutin could not start: ${String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
}

const PARENT_LOOK_MS = 500;

function stopOnSignal(system: Promise<System>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    say("Stopping…");
    // No accepted vote depends on a clean stop.
    setTimeout(() => process.exit(0), 4_500).unref();
    system.then((running) => running.stop()).then(() => process.exit(0), fail);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  if (process.env.npm_lifecycle_event !== "start") return;
  // An npm that is killed passes no signal on.
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) stop();
  }, PARENT_LOOK_MS).unref();
}

try {
  if (asksForHelp(process.argv.slice(2))) {
    say(HELP);
    process.exit(0);
  }
} catch (error) {
  fail(error);
}
const settings = Settings.safeParse(process.env);
if (!settings.success) {
  const names = settings.error.issues.map(({ path }) => path.join("."));
  fail(
    new EnglishRefusal(
      names.includes("PORT") ? "PORT must be a number from 1 to 65535." : `${names.join(" and ")} must name a folder.`,
    ),
  );
}
const { PORT, DATA_DIR, LOG_DIR, ELECTIONS_DIR, BELIEVE_VIEWER_ADDRESS } = settings.data;

/** Somebody waits for an answer to a post; what is queued can wait. */
const NICENESS = 5;

scheduleAsBatch();
const starting = startSystem({
  port: PORT,
  niceness: NICENESS,
  believesAddresses: BELIEVE_VIEWER_ADDRESS !== undefined,
  ...(DATA_DIR !== undefined && { dataFolder: resolve(DATA_DIR) }),
  ...(LOG_DIR !== undefined && { logFolder: resolve(LOG_DIR) }),
  ...(ELECTIONS_DIR !== undefined && { electionsFolder: resolve(ELECTIONS_DIR) }),
});
stopOnSignal(starting);
const { url, notes } = await starting.catch(fail);
say(`Scrutin is ready: ${url}`);
if (isDemonstration(ELECTIONS_DIR ?? DEMO_FOLDER)) {
  say(`  demo voter   NAS ${DEMO_VOTER.nas}, code ${DEMO_VOTER.code}, region ${DEMO_VOTER.region}`);
}
if (isDemonstration(ELECTIONS_DIR ?? DEMO_FOLDER)) {
  say(`  members      ${url}/en/vote/4   1001 to 1005; password ${DEMO_PASSWORD}`);
}
say(`  vote         ${url}/en/   ${url}/fr/`);
say(`  office       ${url}/en/office/   ${Object.keys(OFFICE_ACCOUNTS).join(", ")}; password ${DEMO_PASSWORD}`);
say(`  API          ${url}/api/v1/docs`);
say(`  kept in      ${DATA_DIR ?? "memory (DATA_DIR=folder keeps everything)"}`);
for (const note of notes) say(`  note         ${note}`);
