import type { Command } from "commander";
import { commandOf, loginName, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { reasonFor } from "#admin/commands/reason.ts";
import { deleteElection, requireDeletable } from "#admin/elections/deletion.ts";
import { tellDeleted } from "#admin/elections/registered.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { saidReason } from "#admin/shared/said-reason.ts";
import { ask } from "#admin/terminal/ask.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { RECOVERY_DAYS } from "#storage/election-secrets.ts";

type Arguments = Reach & { as: string; reason?: string };

export function addElectionDelete(election: Command): void {
  commandOf(
    election,
    "delete <election>",
    "delete an election that has not opened, or is for rehearsal (test: true), with all that it has; recorded",
  )
    .option("--reason <text>", "why, for the record")
    .option("--as <name>", "who is recorded as having deleted it", loginName())
    .action(async (electionId: string, options: Arguments) => {
      const { record, secrets } = await withConnection(options, async (connection) => {
        const found = await requireDeletable(connection, electionId);
        const typed = await ask(
          `The definition, roll, ballots, counts and secrets of election ${electionId} will be destroyed. This cannot be undone.\nType the election's id to continue: `,
        );
        if (typed !== electionId) throw new EnglishRefusal("Nothing was deleted.");
        const { as: who } = options;
        const reason =
          "election" in found ? await reasonFor(options, found.election.definition) : saidReason(options.reason);
        return withProgress((onProgress) =>
          deleteElection(connection, electionId, { who, onProgress, ...(reason !== undefined && { reason }) }),
        );
      });
      print(`election ${electionId}: ${tellDeleted(record)}; ${grouped(record.voters)} voters were on its roll`);
      if (secrets.later.length > 0) print(`destroyed in ${RECOVERY_DAYS} days: ${secrets.later.join(", ")}`);
      if (secrets.left.length > 0) print(`left for an administrator to destroy: ${secrets.left.join(", ")}`);
    });
}
