import type { Command } from "commander";
import { certifyElection, type SetAside, tellCodes } from "#admin/certification/certify.ts";
import { commandOf, loginName, print, type Reach, withConnection, withProgress } from "#admin/commands/command-line.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Certifying a closed election: by the office's key, or by what trustees opened. */

const SET_ASIDE: Readonly<Record<keyof SetAside, string>> = {
  unstamped: "WITHOUT A STAMP",
  "not-on-roll": "NOT ON THE ROLL of their region",
  "strike-not-on-roll": "MARKS that silence a voter, of which the signed roll says nothing",
};
const WHO_WROTE =
  'Somebody wrote them to the box, most likely with the role of validate. See docs/runbook.md, "Ballots set aside at certification".';

type Options = Reach & Readonly<{ out?: string; bundle?: string; auditorsKey?: string; as: string }>;

async function certifyOwn(electionId: string, out: string, options: Options): Promise<void> {
  const { auditorsKey, as: who } = options;
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
}

async function certifyBundle(electionId: string, folder: string, options: Options): Promise<void> {
  const { certifyOpened } = await import("#admin/trustees/certify/certify-opened.ts");
  const { certificate, fingerprint, opening, leftOut, setAside } = await withConnection(options, (connection) =>
    withProgress((onProgress) => certifyOpened(connection, electionId, { folder, who: options.as, onProgress })),
  );
  const { counts, definition, trustees } = certificate;
  print(
    `certified ${counts.cast} ballots of election ${electionId} in ${folder}, opened by ${trustees?.openings.length} trustees`,
  );
  if (definition.test === true) print("for rehearsal (test: true), as the certificate says: it elects nobody");
  print(`Merkle root    ${certificate.merkleRoot}`);
  print(`signing key    ${fingerprint}`);
  print(`opening        ${opening}`);
  for (const { trustee, name, why } of leftOut) {
    print(`LEFT OUT       the opening of trustee ${trustee}, ${name}: ${why}`);
    process.exitCode = 2;
  }
  if (setAside.length > 0) {
    const codes = tellCodes(setAside.map(({ trackingCode, why }) => `${trackingCode} ${why.replaceAll("-", " ")}`));
    print(`SET ASIDE      ${setAside.length}, as spoiled (${codes}). ${WHO_WROTE}`);
    process.exitCode = 2;
  }
  print("Publish them in another place too, where nobody can change them together with the files.");
}

export function addCertifyCommand(program: Command): void {
  commandOf(
    program,
    "certify <election>",
    "publish ballot box, result and signature of a closed election; exit code 2 if ballots were set aside, or an opening was left out",
  )
    .option("--out <folder>", "the folder to create for the public files")
    .option("--bundle <folder>", "where trustees hold the key: the folder in which they mixed and opened the box")
    .option("--auditors-key <file>", "where to write the ballot key, if only auditors may open the box")
    .option("--as <name>", "who is recorded as having certified", loginName())
    .action(async (electionId: string, options: Options) => {
      const { out, bundle } = options;
      if ((out === undefined) === (bundle === undefined)) {
        throw new EnglishRefusal(
          "Name one of the two: --out for the folder to create, or --bundle for the folder in which trustees opened the box.",
        );
      }
      if (bundle !== undefined) await certifyBundle(electionId, bundle, options);
      else if (out !== undefined) await certifyOwn(electionId, out, options);
    });
}
