import { defineConfig } from "vitest/config";
import { scheduleAsBatch } from "./local/batch-scheduling.ts";
import { LEFT_OUT } from "./local/endpoint/left-out.ts";

// Tests run the same processes as `npm start` does.
scheduleAsBatch();

/** The functions' logs and metrics have tests of their own; elsewhere they would bury the runner's lines. */
const quiet = { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" };

/** They compare figures of the whole system before and after: nobody else may vote meanwhile. */
const ALONE = ["test/e2e/system-status.test.ts", "test/e2e/browser-monitor.test.ts"];

const endToEnd = {
  globalSetup: ["test/e2e/system.ts"],
  isolate: false,
  testTimeout: 180_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

// Groups run one after the other: the end-to-end tests hold the system to seconds, and two cores are soon taken.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          sequence: { groupOrder: 0 },
          // Left alone, Vitest leaves one core idle: of two, half.
          maxWorkers: "100%",
          include: [
            "test/core/**/*.test.ts",
            "test/storage/{increment,tally-sheet,codecs,definition-limits}.test.ts",
            "test/web/**/*.test.ts",
            "test/docs/**/*.test.ts",
            "test/infra/**/*.test.ts",
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          sequence: { groupOrder: 1 },
          env: quiet,
          include: [
            "test/functions/**/*.test.ts",
            "test/storage/{ballot-box,tallies-table}.test.ts",
            "test/admin/**/*.test.ts",
            "test/local/**/*.test.ts",
            "test/load/**/*.test.ts",
          ],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...endToEnd,
          name: "e2e",
          sequence: { groupOrder: 2 },
          include: ["test/e2e/**/*.test.ts"],
          // SCRUTIN_PORT is where `npm run test:endpoint` serves what it deployed.
          exclude: [...ALONE, ...(process.env.SCRUTIN_PORT === undefined ? [] : Object.keys(LEFT_OUT))],
          // They wait for the system and for Chromium more than they work.
          maxWorkers: 4,
        },
      },
      {
        test: { ...endToEnd, name: "e2e-alone", sequence: { groupOrder: 3 }, include: ALONE, maxWorkers: 1 },
      },
    ],
  },
});
