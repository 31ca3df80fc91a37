import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { certifyElection, type SetAside, tellCodes } from "#admin/certification/certify.ts";
import { isAddress, withDownloaded } from "#admin/certification/download.ts";
import { publishElection } from "#admin/certification/publish.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { requireShreddable, shredPepper } from "#admin/certification/shred.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatRecount, formatVerification } from "#admin/commands/certification-report.ts";
import { commandOf, loginName, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
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

const SET_ASIDE: Readonly<Record<keyof SetAside, string>> = {
  unstamped: "WITHOUT A STAMP",
  "not-on-roll": "NOT ON THE ROLL of their region",
  "strike-not-on-roll": "MARKS that silence a voter, of which the signed roll says nothing",
};
const WHO_WROTE =
  'Somebody wrote them to the box, most likely with the role of validate. See docs/runbook.md, "Ballots set aside at certification".';

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

  commandOf(
    program,
    "certify <election>",
    "publish ballot box, result and signature of a closed election; exit code 2 if ballots were set aside",
  )
    .requiredOption("--out <folder>", "the folder to create for the public files")
    .option("--auditors-key <file>", "where to write the ballot key, if only auditors may open the box")
    .option("--as <name>", "who is recorded as having certified", loginName())
    .action(async (electionId: string, options: Reach & { out: string; auditorsKey?: string; as: string }) => {
      const { out, auditorsKey, as: who } = options;
      const { certificate, fingerprint, setAside, spoiled, opening } = await withConnection(options, (connection) =>
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
      if (certificate.definition.test === true)
        print("for rehearsal (test: true), as the certificate says: it elects nobody");
      print(`Merkle root    ${certificate.merkleRoot}`);
      print(`signing key    ${fingerprint}`);
      print(`opening        ${opening}`);
      for (const standing of ["unstamped", "not-on-roll", "strike-not-on-roll"] as const) {
        const codes = setAside[standing];
        if (codes.length === 0) continue;
        print(`${SET_ASIDE[standing]}: ${codes.length}, set aside as spoiled (${tellCodes(codes)}). ${WHO_WROTE}`);
        process.exitCode = 2;
      }
      if (spoiled.length > 0) {
        print(
          `SPOILED        ${spoiled.length}: not sealed for this opening and their region, or no valid ballot (${tellCodes(spoiled)})`,
        );
      }
      print("Publish them in another place too, where nobody can change them together with the files.");
    });

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
          publishElection(connection, electionId, { who, onProgress, ...(folder !== undefined && { folder }) }),
        );
        return { published, address: `${connection.apiUrl}${publishedAddress(electionId)}` };
      });
      print(`published ${published.files.length} files of election ${electionId} at ${address}`);
      print("Anybody checks them with:");
      print(`npx scrutin verify ${address} --signed-by "${published.fingerprint}" --opening ${published.opening}`);
    });

  program
    .command("verify <folder>")
    .description(
      "check a certified election from its public files alone, in a folder or at an address https://…; exit code 1 if a check fails or the sought ballot does not count, 2 if a check cannot be made",
    )
    .option("--tracking <code>", "say whether this ballot is in the box, and counted")
    .option("--signed-by <fingerprint>", "the fingerprint of the signing key, as published elsewhere")
    .option(
      "--opening <sha256>",
      "the SHA-256 of the opening statement as published before voting, or its first half as on the ballot page",
    )
    .option("--changes <sha256>", "the SHA-256 of the newest change after the opening, as published")
    .option("--key <file>", "the auditors' ballot key; the bundle's own is checked too")
    .action(
      async (
        folder: string,
        options: { tracking?: string; signedBy?: string; opening?: string; changes?: string; key?: string },
      ) => {
        const { tracking, signedBy, opening, changes, key } = options;
        const verify = (at: string) =>
          verifyBundle(at, {
            ...(tracking !== undefined && { trackingCode: tracking }),
            ...(signedBy !== undefined && { signedBy }),
            ...(opening !== undefined && { opening }),
            ...(changes !== undefined && { change: changes }),
            ...(key !== undefined && { keyFile: key }),
          });
        const { checks, found } = await (isAddress(folder) ? withDownloaded(folder, verify) : verify(folder));
        print(formatVerification({ checks, found }, tracking));
        const isLost = found?.every(({ fate }) => fate !== "valid" && fate !== "sealed") === true;
        if (checks.some(({ isTrue }) => isTrue === false) || isLost) process.exitCode = 1;
        else if (checks.some(({ isTrue }) => isTrue === undefined)) process.exitCode = 2;
      },
    );

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
