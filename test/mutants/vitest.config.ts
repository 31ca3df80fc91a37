import { defineConfig } from "vitest/config";

/** The tests of the rules alone: Stryker runs them for every mutant. */
export default defineConfig({
  test: {
    isolate: false,
    setupFiles: ["test/mutants/fewer-runs.ts"],
    include: [
      "test/core/**/*.test.ts",
      "test/storage/{increment,tally-sheet,codecs,definition-limits,vote-message}.test.ts",
    ],
  },
});
