import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { BUNDLE_FILES, linesOf } from "#admin/certification/bundle-files.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { fileSha256 } from "#admin/trustees/bundle/binary-file.ts";
import type { Bundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { boxPath, linesPath, mixFiles } from "#admin/trustees/bundle/file-names.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { inForce } from "#core/opening.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { mixFileBytes } from "#core/trustees/bundle/mix-file.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { fingerprintOf, isSigned } from "#storage/signing-key.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/**
 * Whether a bundle is what the office sealed and the trustees before mixed: every signature and hash, and no proof, so that it takes no longer
 * than reading the files. All of `verify` comes before a box is opened.
 */

const DISTRUST = "Do not go on: show the others what you have.";

type Rule = readonly [holds: boolean, path: string, fault: string];

function requireAll(rules: readonly Rule[]): void {
  const broken = rules.find(([holds]) => !holds);
  if (broken !== undefined) throw new EnglishRefusal(`${broken[1]}: ${broken[2]}. ${DISTRUST}`);
}

function requireOpening({ folder, opening: { opening, changes, sha256 }, ceremony, definition }: Bundle): void {
  const path = join(folder, BUNDLE_FILES.opening);
  const { statement, signature } = opening;
  requireAll([
    [isSigned(statement, signature), path, "its signature does not fit"],
    [statement.signingKey === fingerprintOf(signature), path, "it is signed by another key than the one it names"],
    [statement.publicKey === ceremony.publicKey, path, "it names another key than the one of this ceremony"],
    [definition.electionId === ceremony.electionId, path, "it is of another election than the ceremony"],
    [
      toBase64Url(ballotDigest(definition)) === ceremony.ballotDigest,
      path,
      "voters were asked something else than the trustees agreed to",
    ],
  ]);
  let previous = sha256;
  for (const change of changes) {
    requireAll([
      [
        isSigned(change.statement, change.signature) &&
          change.signature.publicKey === signature.publicKey &&
          change.statement.previous === previous,
        join(folder, BUNDLE_FILES.changes),
        "a change in it is not signed as the opening is, or does not follow the one before",
      ],
    ]);
    previous = sha256Hex(canonicalText(change));
  }
}

function requireBoxFile({ folder, box: { value }, opening, ceremony, definition }: Bundle): void {
  const path = boxPath(folder);
  const { statement, signature } = value;
  const { roll } = inForce(opening.opening, opening.changes);
  requireAll([
    [isSigned(statement, signature), path, "its signature does not fit"],
    [signature.publicKey === opening.opening.signature.publicKey, path, "it is signed by another key than the opening"],
    [statement.electionId === definition.electionId, path, "it is the box of another election"],
    [
      statement.ceremony === toBase64Url(ceremonyDigest(recordIn(ceremony))),
      path,
      "it was sealed for another ceremony",
    ],
    [statement.opening === opening.sha256, path, "it was sealed for another opening"],
    [statement.rollRoot === roll.rollRoot, path, "it was sealed by another roll"],
    [statement.closesAt === definition.closesAt, path, "it names another closing"],
  ]);
}

function requireMixFiles({ folder, mixes, box, ceremony }: Bundle): void {
  const digest = toBase64Url(ceremonyDigest(recordIn(ceremony)));
  for (const [place, { value }] of mixes.entries()) {
    const path = mixFiles(folder, place + 1).signed;
    const { statement, signature } = value;
    const mixer = ceremony.trustees[statement.trustee - 1];
    const before = mixes.slice(0, place).map((mix) => mix.value.statement.trustee);
    requireAll([
      [mixer !== undefined, path, "it is of no trustee of this ceremony"],
      [
        nodeTrustees.verify(bytesIn(mixer?.signingKey ?? ""), mixFileBytes(statement), bytesIn(signature)),
        path,
        "its signature does not fit",
      ],
      [statement.mix === place + 1, path, "it is another mix than its name says"],
      [statement.ceremony === digest && statement.box === box.sha256, path, "it is a mix of another box"],
      [!before.includes(statement.trustee), path, `${mixer?.name} mixed before, which counts once`],
    ]);
  }
}

async function requireLines({ folder, box, layout }: Bundle, onProgress: OnProgress): Promise<void> {
  const path = linesPath(folder);
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  requireAll([[size === layout.bytes.box, path, "it has not as many ballots as the office signed"]]);
  const tree = merkleTree((bytes) => createHash("sha256").update(bytes).digest());
  let done = 0;
  for await (const line of linesOf(path)) {
    tree.add(Buffer.from(line, "latin1"));
    done++;
    onProgress({ step: "box", done, total: layout.ballots });
  }
  const root = Buffer.from(tree.root()).toString("hex");
  requireAll([[root === box.value.statement.merkleRoot, path, "these are not the ballots that the office signed"]]);
}

async function requireMixes({ folder, mixes, layout }: Bundle): Promise<void> {
  for (const [place, { value }] of mixes.entries()) {
    const path = mixFiles(folder, place + 1).binary;
    const size = await stat(path).then(
      (found) => found.size,
      () => -1,
    );
    requireAll([
      [size === layout.bytes.mix, path, "it has not as many bytes as a mix of this box"],
      [(await fileSha256(path)) === value.statement.sha256, path, "this is not what the mixer signed"],
    ]);
  }
}

/** Throws Refusal, which names the file, for whatever does not fit. */
export async function requireChain(bundle: Bundle, onProgress: OnProgress = () => {}): Promise<void> {
  requireOpening(bundle);
  requireBoxFile(bundle);
  requireMixFiles(bundle);
  await requireLines(bundle, onProgress);
  await requireMixes(bundle);
}
