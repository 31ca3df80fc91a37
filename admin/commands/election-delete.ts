import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { commandOf, loginName, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { deleteElection, requireDeletable } from "#admin/elections/deletion.ts";
import { reasonOf } from "#admin/elections/registered.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { Refusal } from "#core/refusal.ts";

/** Throws Refusal unless the officer types the election's id. */
async function askForId(electionId: string): Promise<void> {
  const input = createInterface({ input: process.stdin, output: process.stderr });
  try {
    process.stderr.write(
      `The definition, the roll and the secrets of election ${electionId} will be destroyed. This cannot be undone.\nType the election's id to continue: `,
    );
    const { value } = await input[Symbol.asyncIterator]().next();
    if (String(value ?? "").trim() !== electionId) throw new Refusal("Nothing was deleted.");
  } finally {
    input.close();
  }
}

type Arguments = Reach & { as: string; reason?: string };

export function addElectionDelete(election: Command): void {
  commandOf(
    election,
    "delete <election>",
    "delete an election that has not opened: definition, roll and secrets; recorded",
  )
    .option("--reason <text>", "why, for the record")
    .option("--as <name>", "who is recorded as having deleted it", loginName())
    .action(async (electionId: string, options: Arguments) => {
      const { record, secretsLeft } = await withConnection(options, async (connection) => {
        await requireDeletable(connection, electionId);
        await askForId(electionId);
        const { as: who, reason } = options;
        return withProgress((onProgress) =>
          deleteElection(connection, electionId, { who, onProgress, ...(reason !== undefined && { reason }) }),
        );
      });
      print(
        `election ${electionId}: deleted at ${record.at} by ${record.who}, ${reasonOf(record)}; ${grouped(record.voters)} voters were on its roll`,
      );
      if (secretsLeft.length === 0) return;
      print(`left for an administrator to destroy: ${secretsLeft.join(", ")}`);
    });
}
