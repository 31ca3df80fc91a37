import type { Command } from "commander";
import { describeMixed, describeOpenedBox } from "#admin/commands/box-report.ts";
import { print, wholeNumber, withProgress } from "#admin/commands/command-line.ts";
import { describeSignedRoll } from "#admin/commands/signed-roll-report.ts";
import { type KeyOptions, openKey, PASSPHRASE_FILE } from "#admin/commands/trustee-key.ts";
import {
  describeClosed,
  describeJoined,
  describeNew,
  describeOpened,
  describeRehearsed,
} from "#admin/commands/trustees-report.ts";
import type { OpenOptions } from "#admin/trustees/open-ceremony.ts";

/** Commands of trustees, and of their ceremony. They reach no system: a folder that is exchanged is all they need. */

type NewOptions = Readonly<{ name: string; out: string; passphraseFile?: string }>;

async function newTrustee({ name, out, passphraseFile }: NewOptions): Promise<void> {
  const { makeTrustee, requireName, requireNewFiles } = await import("#admin/trustees/new-trustee.ts");
  const { newPassphrase } = await import("#admin/trustees/passphrase.ts");
  requireName(name);
  await requireNewFiles(out);
  print(describeNew(out, await makeTrustee(name, out, await newPassphrase(out, passphraseFile))));
}

function addTrusteeCommands(program: Command): void {
  const trustee = program.command("trustee").description("one of those who hold the key of an election together");

  trustee
    .command("new")
    .description("make a trustee's key file, sealed by a passphrase, and the public file to give to the officer")
    .requiredOption("--name <name>", "as voters will read it")
    .requiredOption("--out <file>", "the key file to write, such as court.key; court.pub is written beside it")
    .option(...PASSPHRASE_FILE)
    .action(newTrustee);

  trustee
    .command("join <folder>")
    .description(
      "take part in a ceremony: writes this trustee's next messages into its folder; run it again at each turn",
    )
    .requiredOption("--key <file>", "this trustee's key file")
    .option(...PASSPHRASE_FILE)
    .action(async (folder: string, options: KeyOptions) => {
      const { joinCeremony } = await import("#admin/trustees/join.ts");
      print(describeJoined(await joinCeremony(folder, await openKey(options))));
    });

  trustee
    .command("mix <bundle>")
    .description("mix a sealed box, with a proof that no ballot was changed; one trustee after the other, each once")
    .requiredOption("--key <file>", "this trustee's key file")
    .option(...PASSPHRASE_FILE)
    .action(async (bundle: string, options: KeyOptions) => {
      const { mixBox } = await import("#admin/trustees/bundle/mix.ts");
      const key = await openKey(options);
      print(describeMixed(await withProgress((onProgress) => mixBox(bundle, key, { onProgress }))));
    });

  trustee
    .command("open <bundle>")
    .description("open a mixed box with this trustee's share, once all of it is verified; trustees may do so at once")
    .requiredOption("--key <file>", "this trustee's key file")
    .option(...PASSPHRASE_FILE)
    .action(async (bundle: string, options: KeyOptions) => {
      const { openBox } = await import("#admin/trustees/bundle/open.ts");
      const key = await openKey(options);
      print(describeOpenedBox(await withProgress((onProgress) => openBox(bundle, options.key, key, { onProgress }))));
    });

  trustee
    .command("sign-roll <folder> <roll>")
    .description("check the registrar's roll line by line, and sign it: after this no voter key can be added to it")
    .requiredOption("--key <file>", "this trustee's key file")
    .option(...PASSPHRASE_FILE)
    .action(async (folder: string, roll: string, options: KeyOptions) => {
      const { signRoll } = await import("#admin/trustees/roll/sign-roll.ts");
      const key = await openKey(options);
      const signed = await withProgress((onProgress) => signRoll(folder, roll, key, onProgress));
      print(describeSignedRoll(folder, signed));
    });
}

function addCeremonyCommands(program: Command): void {
  const ceremony = program
    .command("ceremony")
    .description("how trustees make an election's key, of which each has a share");

  ceremony
    .command("open <election>")
    .description("make the folder of a ceremony: for which question, by which trustees")
    .requiredOption("--definition <file>", "the election's definition")
    .requiredOption("--trustees <files...>", "the public files of the trustees, in the order of their numbers")
    .requiredOption("--threshold <number>", "how many of them open a ballot box", wholeNumber)
    .requiredOption("--mixes <number>", "how many of them mix it before", wholeNumber)
    .option("--test-page <file>", "the page on which voters test devices, whose SHA-256 all sign")
    .requiredOption("--folder <folder>", "a folder to be made, or an empty one")
    .action(async (electionId: string, options: OpenOptions) => {
      const { openCeremony } = await import("#admin/trustees/open-ceremony.ts");
      print(describeOpened(options.folder, await openCeremony(electionId, options)));
    });

  ceremony
    .command("close <folder>")
    .description("write ceremony.json once all trustees have signed, and say the six words that stand for it")
    .action(async (folder: string) => {
      const { closeCeremony } = await import("#admin/trustees/close.ts");
      print(describeClosed(folder, await closeCeremony(folder)));
    });

  ceremony
    .command("rehearse <folder>")
    .description("open a trial box before the polls do, each trustee in turn; exit code 1 while too few have")
    .option("--key <file>", "this trustee's key file; without it, only says who has rehearsed")
    .option(...PASSPHRASE_FILE)
    .action(async (folder: string, { key, passphraseFile }: Partial<KeyOptions>) => {
      const { rehearse } = await import("#admin/trustees/rehearse.ts");
      const opened = key === undefined ? undefined : await openKey({ key, ...(passphraseFile && { passphraseFile }) });
      const rehearsed = await rehearse(folder, opened);
      print(describeRehearsed(folder, rehearsed));
      if (key === undefined && !rehearsed.rehearsal.isDone) process.exitCode = 1;
    });
}

export function addTrusteesCommands(program: Command): void {
  addTrusteeCommands(program);
  addCeremonyCommands(program);
}
