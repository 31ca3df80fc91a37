import type { Command } from "commander";
import { print, withProgress } from "#admin/commands/command-line.ts";
import { describePeak } from "#admin/commands/roll-report.ts";
import { describeCardsMade } from "#admin/commands/signed-roll-report.ts";
import { type KeyOptions, openKey, PASSPHRASE_FILE } from "#admin/commands/trustee-key.ts";
import { peakMemory } from "#admin/terminal/peak-memory.ts";

/** Commands of the registrar, who reaches no system, and whose machine needs no network. */

type CardsArguments = KeyOptions & Readonly<{ ceremony: string; voters: string; cards: string; roll: string }>;

export function addRegistrarCommands(program: Command): void {
  const registrar = program
    .command("registrar")
    .description("who prints the cards of an election whose key trustees hold, and runs no part of the system");

  registrar
    .command("cards")
    .description(
      "make a code for each voter, for the printer, and the roll of voter keys, without names; needs no network. A registrar's key is made as a trustee's: scrutin trustee new",
    )
    .requiredOption("--ceremony <folder>", "the trustees' ceremony, closed; roll.json is written there")
    .requiredOption("--key <file>", "the registrar's key file")
    .requiredOption(
      "--voters <file>",
      "CSV: the number on the card, region_id where there are regions, and for the printer, if wanted, name, address_1 to address_4, language",
    )
    .requiredOption(
      "--cards <file>",
      "the file of codes to write, for the printer; it is destroyed once cards are printed",
    )
    .requiredOption("--roll <file>", "the roll to write: region and voter key, sorted, without names")
    .option(...PASSPHRASE_FILE)
    .action(async (options: CardsArguments) => {
      const { makeRegistrarCards } = await import("#admin/trustees/registrar/make-cards.ts");
      const key = await openKey(options);
      const made = await withProgress((onProgress) => makeRegistrarCards(options, key, { onProgress }));
      print(`${describeCardsMade(options, made)}\n${describePeak(peakMemory())}`);
    });
}
