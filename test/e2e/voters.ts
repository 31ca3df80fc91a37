import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Voters of the demo roll; each test takes its own, by number, so that none meets another's ballot. */

export type Voter = Readonly<{ nas: string; code: string; region: string }>;

/** The file of the demo roll. */
export const DEMO_ROLL = fileURLToPath(new URL("../../elections/demo-voters.csv", import.meta.url));

const rows = readFileSync(DEMO_ROLL, "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((row): Voter => {
    const [nas = "", code = "", region = ""] = row.split(",");
    return { nas, code, region };
  });

/** The n-th demo voter, 0 the one whom the README names. */
export function voter(n: number): Voter {
  const found = rows[n];
  if (found === undefined) throw new RangeError(`the demo roll has ${rows.length} voters`);
  return found;
}

/** `count` demo voters of a region, from number `from` on. */
export function votersIn(region: string, from: number, count: number): readonly Voter[] {
  return rows
    .slice(from)
    .filter((row) => row.region === region)
    .slice(0, count);
}

export const credentials = ({ nas, code }: Voter) => ({ nas, code });
