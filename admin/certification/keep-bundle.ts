import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { BUNDLE_FILES, readCanonical } from "#admin/certification/bundle-files.ts";
import { withBundles } from "#admin/certification/bundles.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { certifiedAs } from "#admin/elections/state-changes.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { Certificate } from "#core/ballot-box.ts";
import { CertificateSignature } from "#core/certificate-signature.ts";
import { isTrustees } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { type BundleFileRecord, type KeptBundle, keptAt } from "#core/published-bundle.ts";
import { Refusal } from "#core/refusal.ts";
import { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { fingerprintOf, isSigned } from "#storage/signing-key.ts";

/** Keeping a certified bundle in the bucket, from which it is downloaded and published. */

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest("hex");
}

/** The names of files that a bundle of this election may have. */
async function namesIn(folder: string, definition: ElectionDefinition): Promise<readonly string[]> {
  if (!isTrustees(definition)) return Object.values(BUNDLE_FILES);
  const { bundleNames, CEREMONY_RECORD } = await import("#admin/trustees/bundle/bundle-names.ts");
  return bundleNames((await readCanonical(folder, CEREMONY_RECORD, Ceremony)).value);
}

/** The files that a bundle's folder has. */
async function filesIn(folder: string, names: readonly string[]): Promise<readonly BundleFileRecord[]> {
  const files: BundleFileRecord[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const bytes = await sizeOf(path);
    if (bytes !== undefined) files.push({ name, bytes, sha256: await sha256Of(path) });
  }
  return files;
}

/** What a folder holds, to be kept. Throws Refusal unless it is the bundle by which this election was certified here. */
async function readBundle(connection: Connection, electionId: string, folder: string): Promise<KeptBundle> {
  const { value: certificate, json } = await readCanonical(folder, BUNDLE_FILES.certificate, Certificate);
  const { value: signature } = await readCanonical(folder, BUNDLE_FILES.signature, CertificateSignature);
  const { definition, merkleRoot, opening, certifiedAt, counts } = certificate;
  if (definition.electionId !== electionId) {
    throw new Refusal(
      `${folder}: this is a certified bundle of election ${definition.electionId}, not ${electionId}.`,
      `${folder}\u00a0: cette liasse certifiée est celle de l’élection ${definition.electionId}, pas ${electionId}.`,
    );
  }
  const { stateChanges } = await requireElection(connection, electionId);
  if (!isSigned(json, signature) || !stateChanges.some(({ what }) => what === certifiedAs(merkleRoot))) {
    throw new Refusal(
      `${folder}: election ${electionId} was not certified here by this bundle.`,
      `${folder}\u00a0: ce n’est pas par cette liasse que l’élection ${electionId} a été certifiée ici.`,
    );
  }
  const files = await filesIn(folder, await namesIn(folder, definition));
  if (definition.verification !== "public" && files.some(({ name }) => name === BUNDLE_FILES.ballotKey)) {
    throw new Refusal(
      `${folder}: only auditors may open the box of election ${electionId}, and ${BUNDLE_FILES.ballotKey} would open it for everybody. Take it out.`,
      `${folder}\u00a0: seuls les auditeurs peuvent ouvrir l’urne de l’élection ${electionId}, et ${BUNDLE_FILES.ballotKey} l’ouvrirait à tout le monde. Retirez ce fichier.`,
    );
  }
  const file = files.find(({ name }) => name === BUNDLE_FILES.certificate);
  return {
    certifiedAt,
    certificate: file?.sha256 ?? "",
    merkleRoot,
    fingerprint: fingerprintOf(signature),
    opening,
    ballots: counts.cast,
    files: [...files],
  };
}

/** Puts the files of a certified bundle into the bucket, where they wait to be published, and records it. Safe to repeat. */
export async function keepBundle(
  connection: Connection,
  electionId: string,
  folder: string,
  onProgress: OnProgress = () => {},
): Promise<KeptBundle> {
  const bundle = await readBundle(connection, electionId, folder);
  const total = bundle.files.reduce((sum, { bytes }) => sum + bytes, 0);
  await withBundles(connection, async (bundles) => {
    let done = 0;
    for (const { name, bytes, sha256 } of bundle.files) {
      onProgress({ step: "keeping", done, total });
      const key = `${keptAt(electionId, bundle.certificate)}${name}`;
      await bundles.putFile(key, { path: join(folder, name), bytes, sha256 });
      done += bytes;
    }
  });
  await connection.documents.send(
    new UpdateCommand({
      TableName: connection.electionsTable,
      Key: { electionId },
      UpdateExpression: "SET bundle = :bundle",
      ConditionExpression: "attribute_exists(electionId)",
      ExpressionAttributeValues: { ":bundle": JSON.stringify(bundle) },
    }),
  );
  return bundle;
}
