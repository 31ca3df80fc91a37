import type { Command } from "commander";
import { isAddress, withDownloaded } from "#admin/certification/download.ts";
import { type Verification, type VerifyOptions, verifyBundle } from "#admin/certification/verify.ts";
import { formatVerification } from "#admin/commands/certification-report.ts";
import { print, withProgress } from "#admin/commands/command-line.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Anybody checks a certified election by its files alone. */

type Options = Readonly<{
  tracking?: string;
  signedBy?: string;
  opening?: string;
  changes?: string;
  key?: string;
  words?: string;
  card?: string;
  codeFile?: string;
  receipt?: string;
}>;

/** The card's number and code. The code is never an argument: other users see those. */
async function soughtCard({ card, codeFile }: Options): Promise<Pick<VerifyOptions, "card">> {
  if (card === undefined) {
    if (codeFile === undefined) return {};
    throw new EnglishRefusal("--code-file: name the number of the card too, with --card.");
  }
  const { readCardCode } = await import("#admin/trustees/card-code.ts");
  return { card: await readCardCode(card, codeFile) };
}

async function verifyOptions(options: Options): Promise<VerifyOptions> {
  const { tracking, signedBy, opening, changes, key, words, receipt } = options;
  return {
    ...(tracking !== undefined && { trackingCode: tracking }),
    ...(signedBy !== undefined && { signedBy }),
    ...(opening !== undefined && { opening }),
    ...(changes !== undefined && { change: changes }),
    ...(key !== undefined && { keyFile: key }),
    ...(words !== undefined && { words }),
    ...(receipt !== undefined && { receiptFile: receipt }),
    ...(await soughtCard(options)),
  };
}

function exitCodeOf({ checks, found }: Verification): number {
  const isLost = found?.every(({ fate }) => fate !== "valid" && fate !== "sealed" && fate !== "mixed") === true;
  if (checks.some(({ isTrue }) => isTrue === false) || isLost) return 1;
  return checks.some(({ isTrue }) => isTrue === undefined) ? 2 : 0;
}

export function addVerifyCommand(program: Command): void {
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
    .option("--words <words>", "where trustees hold the key: the six words that they read aloud")
    .option(
      "--card <number>",
      "where trustees hold the key: say whether this card voted, and with which tracking code; asks for its code",
    )
    .option("--code-file <file>", "a file whose first line is the card's code, instead of asking")
    .option("--receipt <file>", "where trustees hold the key: hold the office to this receipt")
    .action(async (folder: string, options: Options) => {
      const asked = await verifyOptions(options);
      const verify = (at: string) => withProgress((onProgress) => verifyBundle(at, { ...asked, onProgress }));
      const verification = await (isAddress(folder) ? withDownloaded(folder, verify) : verify(folder));
      print(formatVerification(verification, options.tracking));
      process.exitCode = exitCodeOf(verification);
    });
}
