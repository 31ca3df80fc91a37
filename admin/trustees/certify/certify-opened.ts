import { join } from "node:path";
import { requireAsStated } from "#admin/certification/as-stated.ts";
import { BUNDLE_FILES } from "#admin/certification/bundle-files.ts";
import { requireSettled } from "#admin/certification/settled.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { certifiedAs, recordStateChange } from "#admin/elections/state-changes.ts";
import { digestRejectedAttempts } from "#admin/rejected-attempts/digest.ts";
import { countActs } from "#admin/shared/act.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { type CombinedOpenings, combineBundle } from "#admin/trustees/certify/combine.ts";
import { writeSyncedFile } from "#admin/trustees/new-file.ts";
import { batchThreads } from "#admin/trustees/verify/batch-threads.ts";
import { boxFaults } from "#admin/trustees/verify/mixed-box.ts";
import { openedBox } from "#admin/trustees/verify/opening-checks.ts";
import { type ReadBundle, readBundle } from "#admin/trustees/verify/read-bundle.ts";
import { certifiedTrustees, linesByRegion, withSetAside } from "#admin/trustees/verify/trustees-checks.ts";
import { Certificate, contradictions, TRUSTEES_CERTIFICATE_FORMAT } from "#core/ballot-box.ts";
import { canonicalJson, canonicalText } from "#core/canonical-json.ts";
import { signedActs } from "#core/certified-acts.ts";
import { certifiedResult } from "#core/certified-result.ts";
import { isTrustees } from "#core/contest.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { inForce } from "#core/opening.ts";
import type { Tally } from "#core/results.ts";
import { strayLots } from "#core/stray-lots.ts";
import { recordBoxProgress } from "#storage/box-progress.ts";
import { writeOpenedTallies } from "#storage/opened-tallies.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";
import { ensureSigningKey, fingerprintOf, signStatement } from "#storage/signing-key.ts";
import type { StatedOpening } from "#storage/stated-opening.ts";

/**
 * Certifying a box that trustees mixed and opened: what they made is verified, combined and counted, and the certificate joins their
 * bundle. Whatever is killed starts over: each file has its name once it is whole, and the signature comes last.
 */

export type CertifyOpenedOptions = Readonly<{
  /** The trustees' folder. */
  folder: string;
  who: string;
  atMs?: number;
  onProgress?: OnProgress;
}>;

export type CertifiedOpened = Readonly<{
  certificate: Certificate;
  fingerprint: string;
  opening: string;
  leftOut: CombinedOpenings["leftOut"];
  /** Tracking codes by why. */
  setAside: readonly Readonly<{ trackingCode: string; why: string }>[];
}>;

type Voted = AdministeredElection & Readonly<{ opening: StatedOpening }>;

async function votedElection(connection: Connection, electionId: string): Promise<Voted> {
  const { opening, ...election } = await requireElection(connection, electionId);
  refuseCancelled(election.definition);
  if (!isTrustees(election.definition)) {
    throw new EnglishRefusal(
      `--bundle: no trustees hold the key of election ${electionId}: certify it with --out FOLDER.`,
    );
  }
  if (opening !== undefined) return { ...election, opening };
  throw new EnglishRefusal(`The opening of election ${electionId} was never stated, so nobody could vote in it.`);
}

/** Throws Refusal unless the bundle is this election's, as it was stated, and all that trustees made before is good. */
async function requireOwnBundle(bundle: ReadBundle, { opening }: Voted, onProgress: OnProgress): Promise<void> {
  const [stated, changes] = [await bundle.opening(), await bundle.changes()];
  if (stated.text !== opening.text || canonicalJson(changes.value) !== canonicalJson(opening.changes)) {
    throw new EnglishRefusal(
      `${bundle.folder}: its opening, or the changes after it, are not those of this election as it stands. If something was signed since it was sealed, take changes.json as it is now; otherwise this is another election's bundle.`,
    );
  }
  const { mixes } = await bundle.ceremony();
  const faults = await boxFaults(bundle.folder, { through: mixes, onProgress });
  if (faults.length === 0) return;
  throw new EnglishRefusal(`${bundle.folder}: not certified. ${faults.join(". ")}.`);
}

function requireLotsOverTies({ definition }: Voted, tallies: ReadonlyMap<string, Tally>): void {
  const stray = strayLots(definition, tallies);
  if (stray.length === 0) return;
  throw new EnglishRefusal(
    `Lot ${stray.join(", ")} of election ${definition.electionId} names others than those who were tied when it was drawn. Find out who recorded it, and how: scrutin election show ${definition.electionId}.`,
  );
}

type Counted = Readonly<{ good: readonly number[]; tallies: ReadonlyMap<string, Tally>; atMs: number }>;

async function certificateOf(
  connection: Connection,
  bundle: ReadBundle,
  { definition, opening, stateChanges }: Voted,
  { good, tallies, atMs }: Counted,
): Promise<Certificate> {
  const { statement } = (await bundle.box()).value;
  const { onRoll, rollRoot } = inForce(opening.opening, opening.changes).roll;
  const votersOnRoll = Object.values(onRoll).reduce((sum, count) => sum + count, 0);
  const setAside = statement.setAside.length;
  const result = certifiedResult(definition, tallies, votersOnRoll, { setAside });
  const { totals: rejected } = await digestRejectedAttempts(connection, definition.electionId, 0);
  const certificate = Certificate.parse({
    format: TRUSTEES_CERTIFICATE_FORMAT,
    certifiedAt: new Date(atMs).toISOString(),
    ...{ opening: opening.sha256, definition, publicKey: (await bundle.ceremony()).publicKey },
    merkleRoot: statement.merkleRoot,
    trustees: await certifiedTrustees(bundle, good),
    counts: {
      ...{ onRoll: votersOnRoll, cast: (await bundle.layout()).ballots + setAside, setAside },
      ...{ counted: result.wholeCountry.total, blank: result.wholeCountry.blank, spoiled: result.wholeCountry.spoiled },
      duplicates: rejected.duplicate.attempts,
      invalid: Object.values(rejected).reduce((sum, { attempts }) => sum + attempts, -rejected.duplicate.attempts),
    },
    onRoll,
    acts: {
      signed: signedActs(opening.changes.map((change) => change.statement)),
      recorded: countActs(stateChanges.map(({ what }) => what)),
    },
    ...{ rollRoot, ...result },
  });
  const contradicted = contradictions(certificate, await linesByRegion(bundle));
  if (contradicted.length > 0) throw new EnglishRefusal(`The counts do not add up: ${contradicted.join("; ")}.`);
  return certificate;
}

/** Certifies what trustees opened. Throws Refusal while voting is open or anything is undecided, and for whatever does not verify. */
export async function certifyOpened(
  connection: Connection,
  electionId: string,
  { folder, who, atMs = Date.now(), onProgress = () => {} }: CertifyOpenedOptions,
): Promise<CertifiedOpened> {
  const election = await votedElection(connection, electionId);
  const { definition, opening } = election;
  await requireSettled(connection, definition, atMs);
  requireAsStated(election);
  const bundle = readBundle(folder);
  await requireOwnBundle(bundle, election, onProgress);

  const threads = batchThreads({
    ...{ folder, definition, ceremony: await bundle.ceremony() },
    ballots: await bundle.ballots(),
  });
  const { good, leftOut } = await combineBundle(bundle, threads, onProgress);
  const { mixes } = await bundle.ceremony();
  await recordBoxProgress(connection, electionId, { mixes, openings: good.length });
  const opened = await openedBox(bundle, good, threads, onProgress);
  if (opened.differing.length > 0) throw new Error("what was combined is not what the openings come to");
  const tallies = await withSetAside(bundle, opened.tallies);
  requireLotsOverTies(election, tallies);

  const certificate = await certificateOf(connection, bundle, election, { good, tallies, atMs });
  const signature = signStatement(await ensureSigningKey(connection, electionId), certificate);
  await writeOpenedTallies(connection, definition, tallies);
  await writeSyncedFile(join(folder, BUNDLE_FILES.certificate), canonicalText(certificate));
  await writeSyncedFile(join(folder, BUNDLE_FILES.signature), canonicalText(signature));
  const at = new Date(atMs).toISOString();
  await recordStateChange(connection, electionId, { at, what: certifiedAs(certificate.merkleRoot), who });
  const { setAside } = (await bundle.box()).value.statement;
  return { certificate, fingerprint: fingerprintOf(signature), opening: opening.sha256, leftOut, setAside };
}
