import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { publishElection } from "#admin/certification/publish.ts";
import { publishFolder } from "#admin/certification/publish-folder.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { requireShreddable, shredPepper } from "#admin/certification/shred.ts";
import { formatRecount } from "#admin/commands/certification-report.ts";
import { addCertifyCommand } from "#admin/commands/certify.ts";
import { commandOf, loginName, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { addVerifyCommand } from "#admin/commands/verify.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { publishedAddress } from "#core/published-bundle.ts";

/** What follows the closing: recount, certify, publish, verify, shred. */

/** Asks for the election's id twice. Throws Refusal unless both answers are it. */
async function askTwice(electionId: string): Promise<void> {
  const input = createInterface({ input: process.stdin, output: process.stderr });
  const answers = input[Symbol.asyncIterator]();
  const questions = [
    `The pepper of election ${electionId} will be destroyed: after that nobody can trace a hash to a voter.\nType the election's id to continue: `,
    "This cannot be undone. Type the election's id once more: ",
  ];
  try {
    for (const question of questions) {
      process.stderr.write(question);
      const { value } = await answers.next();
      if (String(value ?? "").trim() !== electionId) throw new EnglishRefusal("Nothing was destroyed.");
    }
  } finally {
    input.close();
  }
}

export function addCertificationCommands(program: Command): void {
  commandOf(
    program.command("tally").description("the running count"),
    "recount <election>",
    "count the stored ballots of a closed election again, and compare with the tallies",
  )
    .option("--swap", "replace differing counts")
    .option("--as <name>", "who is recorded as having replaced them", loginName())
    .action(async (electionId: string, options: Reach & { swap?: true; as: string }) => {
      const recount = await withConnection(options, (connection) =>
        recountTallies(connection, electionId, { swap: options.swap === true, who: options.as }),
      );
      print(formatRecount(recount));
      if (recount.differences.length > 0 && !recount.swapped) process.exitCode = 1;
    });

  addCertifyCommand(program);

  commandOf(
    program,
    "publish <election>",
    "put a certified election's files on the site: its results say from then on that they are certified",
  )
    .option("--bundle <folder>", "the folder that certify made; by default what was certified in the console")
    .option("--as <name>", "who is recorded as having published", loginName())
    .action(async (electionId: string, options: Reach & { bundle?: string; as: string }) => {
      const { bundle: folder, as: who } = options;
      const { address, published } = await withConnection(options, async (connection) => {
        const published = await withProgress((onProgress) =>
          folder === undefined
            ? publishElection(connection, electionId, { who, onProgress })
            : publishFolder(connection, electionId, folder, { who, onProgress }),
        );
        return { published, address: `${connection.apiUrl}${publishedAddress(electionId)}` };
      });
      print(`published ${published.files.length} files of election ${electionId} at ${address}`);
      print("Anybody checks them with:");
      print(`npx scrutin verify ${address} --signed-by "${published.fingerprint}" --opening ${published.opening}`);
    });

  addVerifyCommand(program);

  commandOf(
    program,
    "shred <election>",
    "destroy what links a certified or cancelled election's ballots to its voters, for ever",
  )
    .option("--yes <election>", "do not ask; repeats the election's id")
    .option("--as <name>", "who is recorded as having done it", loginName())
    .action(async (electionId: string, options: Reach & { yes?: string; as: string }) => {
      const outcome = await withConnection(options, async (connection) => {
        await requireShreddable(connection, electionId);
        if (options.yes === undefined) await askTwice(electionId);
        else if (options.yes !== electionId)
          throw new EnglishRefusal("Nothing was destroyed: --yes names another election.");
        return shredPepper(connection, electionId, { who: options.as });
      });
      print(
        outcome === "destroyed"
          ? `The pepper of election ${electionId} is destroyed.`
          : `The pepper of election ${electionId} was already destroyed.`,
      );
    });
}
