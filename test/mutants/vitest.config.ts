import { defineConfig } from "vitest/config";

/**
 * The tests of the rules alone: Stryker runs them for every mutant. Files stay isolated, or it would not see what all but the
 * first to load a module run of it.
 */
export default defineConfig({
  test: {
    // Mixes and openings take seconds where Stryker counts what each test runs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ["test/mutants/fewer-runs.ts"],
    include: [
      "test/core/**/*.test.ts",
      "test/storage/{increment,keys,tally-sheet,turnout-sheet,definition-limits,vote-message}.test.ts",
    ],
  },
});
