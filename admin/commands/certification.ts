import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { certifyElection } from "#admin/certification/certify.ts";
import { requireCertified, shredPepper } from "#admin/certification/shred.ts";
import { recountTallies } from "#admin/certification/tally-recount.ts";
import { type Check, verifyBundle } from "#admin/certification/verify.ts";
import type { Connection } from "#admin/connection/connection.ts";
import type { OnProgress } from "#admin/progress.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import { Refusal } from "#core/refusal.ts";
import { isTurnout } from "#storage/turnout-sheet.ts";

/** The commands after the closing: recount, certify, verify, shred. */

type Reach = { stage?: string };

/** What the command line tool lends to its commands. */
export type CommandLine = Readonly<{
  commandOf(parent: Command, nameAndArguments: string, description: string): Command;
  withConnection<T>(reach: Reach, work: (connection: Connection) => Promise<T>): Promise<T>;
  withProgress<T>(work: (onProgress: OnProgress) => Promise<T>): Promise<T>;
  print(text: string): void;
  loginName(): string;
}>;

function formatChecks(checks: readonly Check[]): string {
  const word = ({ isTrue }: Check): string => (isTrue === undefined ? "-" : isTrue ? "ok" : "LIE");
  return layOut(
    checks.map((check) => [word(check), check.name, check.said]),
    [{}, {}, {}],
  );
}

/** Asks for the election's id twice. Throws Refusal when either answer is another. */
async function askTwice(electionId: string): Promise<void> {
  const input = createInterface({ input: process.stdin, output: process.stderr });
  const answers = input[Symbol.asyncIterator]();
  const questions = [
    `The pepper of election ${electionId} will be destroyed: no hash can be traced to a voter any more, by anyone.\nType the election's id to go on: `,
    "This cannot be undone. Type the election's id once more: ",
  ];
  try {
    for (const question of questions) {
      process.stderr.write(question);
      const { value } = await answers.next();
      if (String(value ?? "").trim() !== electionId) throw new Refusal("Nothing was destroyed.");
    }
  } finally {
    input.close();
  }
}

export function addCertificationCommands(program: Command, line: CommandLine): void {
  const { commandOf, withConnection, withProgress, print, loginName } = line;

  commandOf(
    program.command("tally").description("the running count"),
    "recount <election>",
    "count an election again from its stored ballots, and compare; after closing",
  )
    .option("--swap", "replace the counts that differ")
    .option("--as <name>", "who is recorded as having replaced them", loginName())
    .action(async (electionId: string, options: Reach & { swap?: true; as: string }) => {
      const { ballots, differences, swapped } = await withConnection(options, (connection) =>
        recountTallies(connection, electionId, { swap: options.swap === true, who: options.as }),
      );
      if (differences.length === 0) {
        print(`The tallies are what the ${ballots} stored ballots say.`);
        return;
      }
      for (const { regionId, counted, tallied, recounted } of differences) {
        print(
          `${isTurnout(regionId) ? "turnout until" : `region ${regionId},`} ${counted}: tallied ${tallied}, recounted ${recounted}`,
        );
      }
      print(swapped ? `Counts replaced: ${differences.length}.` : "Nothing was changed: replace them with --swap.");
      if (!swapped) process.exitCode = 1;
    });

  commandOf(program, "certify <election>", "publish ballot box, result and signature of a closed election")
    .requiredOption("--out <folder>", "the folder to make for the public files")
    .option("--auditors-key <file>", "where to write the ballot key, if auditors alone may open the box")
    .option("--as <name>", "who is recorded as having certified", loginName())
    .action(async (electionId: string, options: Reach & { out: string; auditorsKey?: string; as: string }) => {
      const { out, auditorsKey, as: who } = options;
      const { certificate, fingerprint } = await withConnection(options, (connection) =>
        withProgress((onProgress) =>
          certifyElection(connection, electionId, {
            out,
            who,
            onProgress,
            ...(auditorsKey !== undefined && { auditorsKeyFile: auditorsKey }),
          }),
        ),
      );
      print(`certified ${certificate.counts.cast} ballots of election ${electionId} in ${out}`);
      print(`Merkle root    ${certificate.merkleRoot}`);
      print(`signing key    ${fingerprint}`);
      print("Publish both elsewhere too, where nobody can change them together with the files.");
    });

  program
    .command("verify <folder>")
    .description("check a certified election from its public files alone; exit code 1 on the first lie")
    .option("--tracking <code>", "say whether this ballot is in the box")
    .option("--signed-by <fingerprint>", "the fingerprint of the signing key, as published elsewhere")
    .option("--key <file>", "the ballot key, for auditors")
    .action(async (folder: string, options: { tracking?: string; signedBy?: string; key?: string }) => {
      const { tracking, signedBy, key } = options;
      const { checks, found } = await verifyBundle(folder, {
        ...(tracking !== undefined && { trackingCode: tracking }),
        ...(signedBy !== undefined && { signedBy }),
        ...(key !== undefined && { keyFile: key }),
      });
      print(formatChecks(checks));
      const lies = checks.filter(({ isTrue }) => isTrue === false);
      print(
        lies.length === 0 ? "No check found a lie." : `Do not trust these files. Checks that failed: ${lies.length}.`,
      );
      if (found !== undefined) {
        print(
          found.length === 0
            ? `The ballot ${tracking} is not in the box.`
            : `The ballot ${tracking} is in the box, region ${found.join(", ")}.`,
        );
      }
      if (lies.length > 0 || found?.length === 0) process.exitCode = 1;
    });

  commandOf(program, "shred <election>", "destroy what links a certified election's ballots to its voters, for ever")
    .option("--yes <election>", "do not ask; names the election again")
    .option("--as <name>", "who is recorded as having done it", loginName())
    .action(async (electionId: string, options: Reach & { yes?: string; as: string }) => {
      const outcome = await withConnection(options, async (connection) => {
        await requireCertified(connection, electionId);
        if (options.yes === undefined) await askTwice(electionId);
        else if (options.yes !== electionId) throw new Refusal("Nothing was destroyed: --yes names another election.");
        return shredPepper(connection, electionId, { who: options.as });
      });
      print(
        outcome === "destroyed"
          ? `The pepper of election ${electionId} is destroyed.`
          : `The pepper of election ${electionId} was destroyed before.`,
      );
    });
}
