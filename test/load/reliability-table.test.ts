import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { FAULTS } from "#load/faults/catalogue.ts";
import type { Fault, FaultRun } from "#load/faults/fault.ts";
import { withRow } from "#load/faults/reliability-table.ts";

const PAGE = "Above.\n<!-- faults: written by npm run faults -->\n<!-- end of faults -->\nBelow.\n";
const ORDER = ["first", "second"];

const fault = (name: string): Fault => ({
  name,
  told: `what ${name} does`,
  isShort: false,
  run: () => Promise.reject(new Error("not tried here")),
});
const ran = (happened: string, lost = 0): FaultRun => ({
  times: 1,
  happened,
  untrueStatuses: 0,
  toldDuplicate: 500,
  gaveUp: 0,
  castAtMs: new Map(),
  account: {
    sent: 5_500,
    accepted: 5_500,
    refused: new Map(),
    unanswered: 12,
    voters: 5_000,
    turnedAway: new Map(),
    strangers: new Map(),
    duplicates: 500,
    counted: 5_000 - lost,
    lost,
    countedTwice: 0,
  },
});

const run = (happened: string, lost = 0) => ({ run: ran(happened, lost), tookMs: 89_200 });

test("a fault tried again takes the place of its last row, the others stay, in their order", () => {
  const second = withRow(PAGE, fault("second"), run("once"), ORDER);
  const both = withRow(second, fault("first"), run("full for 20 s", 3), ORDER);
  const again = withRow(both, fault("second"), run("again"), ORDER);
  expect(again.startsWith("Above.\n")).toBe(true);
  expect(again.endsWith("\nBelow.\n")).toBe(true);
  const rows = again.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toEqual([
    "| `first` | what first does | full for 20 s | 5,000 | 500 | 12 | 4,997 | 3 | 0 | 0 | 90 s | **not survived** |",
    "| `second` | what second does | again | 5,000 | 500 | 12 | 5,000 | 0 | 0 | 0 | 90 s | survived |",
  ]);
  expect(second).toContain("\n1 of 2 faults tried, in 2 minutes together.\n");
  expect(again).toContain("\n2 of 2 faults tried, in 3 minutes together.\n");
});

test("a fault that is no longer known leaves the table", () => {
  const old = withRow(PAGE, fault("second"), run("once"), ORDER);
  expect(withRow(old, fault("first"), run("once"), ["first"])).not.toContain("`second`");
});

test("no row of the page tells of a fault that was not survived", async () => {
  const page = await readFile(new URL("../../docs/reliability.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => FAULTS.some(({ name }) => line.startsWith(`| \`${name}\``)));
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows)
    expect(row).toMatch(/\| 5,000 \| 500 \| [\d,]+ \| 5,000 \| 0 \| 0 \| 0 \| \d+ s \| survived \|$/);
});
