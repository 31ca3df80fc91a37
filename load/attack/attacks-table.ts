import { readFile, writeFile } from "node:fs/promises";
import { type Attack, type AttackOutcome, isRepelled } from "#load/attack/attack.ts";
import { replaceBetween } from "#load/shared/marked-section.ts";
import { grouped } from "#load/shared/report.ts";

/** The table of docs/attacks.md: every attack as it was last tried at full size. */

const FILE = new URL("../../docs/attacks.md", import.meta.url);
const MARKS = { begin: "<!-- attacks: written by npm run attack -->", end: "<!-- end of attacks -->" } as const;

export type Tried = Readonly<{ attack: Attack; outcome: AttackOutcome }>;

export function verdict(outcome: AttackOutcome): string {
  if (outcome.tried === 0) return "NOT TRIED";
  return isRepelled(outcome) ? "repelled" : "SUCCEEDED";
}

function rowOf({ attack, outcome }: Tried): string {
  const { name, attacker, told } = attack;
  const { tried, learnt } = outcome;
  const outcomeWord = isRepelled(outcome) ? "repelled" : `**${verdict(outcome).toLowerCase()}**`;
  return `| ${[`\`${name}\``, attacker, told, grouped(tried), learnt, outcomeWord].join(" | ")} |`;
}

/** The page with these attacks in its table. */
export function withTable(text: string, tried: readonly Tried[]): string {
  const repelled = tried.filter(({ outcome }) => isRepelled(outcome)).length;
  return replaceBetween(text, MARKS, () => [
    "| attack | attacker | what was tried | how often | what the attacker learnt or changed | verdict |",
    "|---|---|---|---|---|---|",
    ...tried.map(rowOf),
    "",
    `${repelled} of ${tried.length} attacks repelled.`,
  ]);
}

export async function recordAttacks(tried: readonly Tried[]): Promise<void> {
  await writeFile(FILE, withTable(await readFile(FILE, "utf8"), tried));
}
