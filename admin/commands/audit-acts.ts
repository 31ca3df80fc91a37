import { type Command, InvalidArgumentError } from "commander";
import { commandOf, print, type Reach, withConnection } from "#admin/commands/command-line.ts";
import { readAudit } from "#admin/elections/audit-acts.ts";
import { writeWholeFile } from "#admin/shared/whole-file.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import type { AuditEntry } from "#core/audit.ts";
import { auditRecord } from "#core/audit-record.ts";
import { auditCsv, auditNdjson } from "#published/audit-file.ts";

type ActsOptions = Reach &
  Readonly<{ election?: string; who?: string; act?: string; from?: number; to?: number; out?: string }>;

function instantOf(text: string): number {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs) || !/T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) {
    throw new InvalidArgumentError("It must be a date and time with its offset, such as 2026-10-19T21:00:00-04:00.");
  }
  return atMs;
}

/** What people typed is shown on one line, and moves no cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are taken out
const plain = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, " ");

function formatActs(entries: readonly AuditEntry[]): string {
  const rows = entries.map(({ at, electionId, act, outcome, who, address, reason, recorded }) =>
    [
      at,
      electionId ?? "-",
      act,
      outcome,
      who,
      address ?? "-",
      [reason === undefined ? [] : `reason: ${reason}`, ...recorded].flat().join("; "),
    ].map(plain),
  );
  const head = ["when", "election", "act", "outcome", "who", "from", "reason and record"];
  return layOut(
    [head, ...rows],
    head.map(() => ({})),
  );
}

/** `audit acts`, beside `audit export`: what people did in the office, where that is what happened to the ballots. */
export function addAuditActsCommand(audit: Command): void {
  commandOf(
    audit,
    "acts",
    "who did what in the office, when, from where and why: in the console and at the command line, each act once",
  )
    .option("--election <id>", "of one election only")
    .option("--who <name>", "a part of the name")
    .option("--act <name>", "of one kind, such as extend")
    .option("--from <time>", "from this date and time on", instantOf)
    .option("--to <time>", "before this date and time", instantOf)
    .option("--out <file>", "write a file instead: CSV when its name ends in .csv, else NDJSON")
    .action(async ({ election, who, act, from, to, out, ...reach }: ActsOptions) => {
      const filter = { electionId: election, who, act, fromMs: from, toMs: to };
      const entries = await withConnection(reach, (connection) => readAudit(connection, filter));
      if (out === undefined) {
        print(entries.length === 0 ? "no acts" : formatActs(entries));
        return;
      }
      const records = entries.map(auditRecord);
      const text = out.toLowerCase().endsWith(".csv") ? auditCsv(records) : auditNdjson(records);
      await writeWholeFile(
        out,
        (async function* () {
          yield text;
        })(),
      );
      print(`wrote ${records.length} acts to ${out}`);
    });
}
