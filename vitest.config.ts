import { availableParallelism } from "node:os";
import { matchesGlob, relative, resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { scheduleAsBatch } from "./local/batch-scheduling.ts";
import { LEFT_OUT } from "./local/endpoint/left-out.ts";

// Tests run the same processes as `npm start` does.
scheduleAsBatch();

// Systems that tests start load the same files again and again.
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, ".scrutin/compiled");

/** The functions' logs and metrics have tests of their own; elsewhere they would bury the runner's lines. */
const quiet = { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" };

/** Files that start whole systems, or kill processes. */
const PROCESSES = [
  "test/admin/trustees/killed.test.ts",
  "test/load/{attack,clients,faults}.test.ts",
  "test/local/{function-host,office-secrecy,secrecy,stream-mapping}.test.ts",
  "test/local/start/*.test.ts",
  "test/second-verifier/*.test.ts",
];

/**
 * They certify, which waits until nothing is set aside, and other tests set messages aside: so on a system of their own. One waits
 * for an election's hours, while the others work.
 */
const CLOSINGS = "test/e2e/office/{closing,whole-election}.test.ts";

/** They wait more than they work, such as for a message's second delivery: last, they would keep the whole run waiting. */
const WAITING = [
  ...[CLOSINGS, ...PROCESSES],
  "test/e2e/{api/guessing,api/poison,api/system-status,results/closing}.test.ts",
];

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waits = ({ moduleId }: TestSpecification): boolean =>
      WAITING.some((pattern) => matchesGlob(relative(import.meta.dirname, moduleId), pattern));
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))];
  }
}

/** SCRUTIN_PORT is where `npm run test:endpoint` serves what it deployed. */
const leftOut = process.env.SCRUTIN_PORT === undefined ? [] : Object.keys(LEFT_OUT);

/** All projects but the end-to-end one share these workers: more than processors, since some files wait. */
const side = { maxWorkers: availableParallelism() + 3, testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        test: { ...side, name: "processes", env: quiet, include: PROCESSES },
      },
      {
        test: {
          ...side,
          name: "unit",
          isolate: false,
          include: [
            "test/{core,published}/**/*.test.ts",
            "test/storage/{increment,keys,tally-sheet,turnout-sheet,biographies,definition-limits,vote-message}.test.ts",
            "test/web/**/*.test.ts",
            "test/docs/**/*.test.ts",
          ],
        },
      },
      {
        test: {
          ...side,
          // Apart from `unit` only by its set-up: a test of core waits for no CDK.
          name: "infra",
          isolate: false,
          globalSetup: ["test/infra/shared-stages.ts"],
          include: ["test/infra/**/*.test.ts"],
        },
      },
      {
        test: {
          ...side,
          name: "integration",
          isolate: false,
          setupFiles: ["test/leave-nothing.ts"],
          env: quiet,
          globalSetup: ["test/database.ts"],
          include: [
            "test/functions/**/*.test.ts",
            "test/storage/{ballot-box,published-table,tallies-table}.test.ts",
            "test/admin/**/*.test.ts",
            "test/local/**/*.test.ts",
            "test/load/**/*.test.ts",
          ],
          exclude: PROCESSES,
        },
      },
      {
        test: {
          ...side,
          name: "closings",
          globalSetup: ["test/e2e/system.ts"],
          expect: { poll: { timeout: 30_000 } },
          include: [CLOSINGS],
        },
      },
      {
        test: {
          name: "e2e",
          globalSetup: ["test/e2e/system.ts"],
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          // After the others: these tests hold the system to seconds, and two cores are soon taken.
          sequence: { groupOrder: 1 },
          include: ["test/e2e/**/*.test.ts"],
          exclude: [CLOSINGS, ...leftOut],
          // They wait for the system and for Chromium more than they work, and the first four hardly work at all.
          maxWorkers: 6,
        },
      },
      {
        test: {
          name: "browsers",
          globalSetup: ["test/e2e/system.ts"],
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          include: ["test/browsers/*.test.ts"],
          // A browser each.
          maxWorkers: 3,
        },
      },
    ],
  },
});
