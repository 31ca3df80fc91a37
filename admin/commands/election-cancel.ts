import type { Command } from "commander";
import { commandOf, loginName, print, type Reach, withConnection } from "#admin/commands/command-line.ts";
import { describeNewest } from "#admin/commands/election-report.ts";
import { tellOthers } from "#admin/commands/which-elections.ts";
import { cancelElection, requireCancellable } from "#admin/elections/cancellation.ts";
import { tellCancelled } from "#admin/elections/cancelled.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { saidReason } from "#admin/shared/said-reason.ts";
import { ask, isAtTerminal } from "#admin/terminal/ask.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

type Arguments = Reach & { reasonFr?: string; reasonEn?: string; yes?: string; as: string };

/** The reason in one language: as given, or asked for at a terminal. */
async function reasonIn(given: string | undefined, option: string, language: string): Promise<string> {
  const said = saidReason(given ?? (isAtTerminal() ? await ask(`The reason, for voters, in ${language}: `) : ""));
  if (said === undefined)
    throw new EnglishRefusal(`Voters read why, in both languages: give the reason with ${option}.`);
  return said;
}

/** Throws Refusal unless the election's id was typed, or is in --yes. */
async function requireMeant({ electionId }: ElectionDefinition, yes: string | undefined): Promise<void> {
  const typed =
    yes ??
    (await ask(
      `Voting in election ${electionId} ends for ever, and no ballot is counted. This cannot be taken back.\nType the election's id to continue: `,
    ));
  if (typed !== electionId) throw new EnglishRefusal("Nothing was cancelled.");
}

export function addElectionCancel(election: Command): void {
  commandOf(
    election,
    "cancel <election>",
    "end voting for ever, before it closes, and tell voters why: ballots stay sealed, nothing is counted",
  )
    .option("--reason-fr <text>", "why, told to voters in French")
    .option("--reason-en <text>", "why, told to voters in English")
    .option("--yes <election>", "do not ask; repeats the election's id")
    .option("--as <name>", "who is recorded as having cancelled it", loginName())
    .action(async (electionId: string, options: Arguments) => {
      const { outcome, cancelled } = await withConnection(options, async (connection) => {
        const { definition } = await requireElection(connection, electionId, "apply its definition first");
        if (definition.cancelled !== undefined) {
          return cancelElection(connection, electionId, { reason: definition.cancelled.reason, who: options.as });
        }
        requireCancellable(definition);
        const reason = {
          fr: await reasonIn(options.reasonFr, "--reason-fr", "French"),
          en: await reasonIn(options.reasonEn, "--reason-en", "English"),
        };
        await requireMeant(definition, options.yes);
        const ended = await cancelElection(connection, electionId, {
          reason,
          who: options.as,
          onRecorded: ({ record, newest }) => {
            print(`election ${electionId}: ${record.what}`);
            if (newest !== undefined) print(describeNewest(newest));
          },
        });
        await tellOthers(connection, definition, "go on");
        return ended;
      });
      if (outcome === "already-cancelled") print(tellCancelled(electionId, cancelled));
      print("no ballot is counted, and nothing of what had been counted is left");
    });
}
