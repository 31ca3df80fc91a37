import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { LEFT_OUT } from "#local/endpoint/left-out.ts";

test.each(Object.entries(LEFT_OUT))(
  "%s, left out at the endpoint, is a file of the suite, and says why",
  (file, why) => {
    expect(file).toMatch(/^test\/e2e\/.*\.test\.ts$/);
    expect(existsSync(new URL(`../../../${file}`, import.meta.url))).toBe(true);
    expect(why.length).toBeGreaterThan(20);
  },
);
