import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Voters on the demo roll. Each test uses its own, by number. */

export type Voter = Readonly<{ nas: string; code: string; region: string }>;

/** The demo roll's file. */
export const DEMO_ROLL = fileURLToPath(new URL("../../elections/demo-voters.csv", import.meta.url));

const rows = readFileSync(DEMO_ROLL, "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((row): Voter => {
    const [nas = "", code = "", region = ""] = row.split(",");
    return { nas, code, region };
  });

/** The n-th demo voter, from 0, who is the one in the README. */
export function voter(n: number): Voter {
  const found = rows[n];
  if (found === undefined) throw new RangeError(`the demo roll has ${rows.length} voters`);
  return found;
}

/** `count` demo voters of a region, starting at number `from`. */
export function votersIn(region: string, from: number, count: number): readonly Voter[] {
  return rows
    .slice(from)
    .filter((row) => row.region === region)
    .slice(0, count);
}

export const credentials = ({ nas, code }: Voter) => ({ nas, code });
