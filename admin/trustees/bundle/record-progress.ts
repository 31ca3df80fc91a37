import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { Bundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { requireChain } from "#admin/trustees/bundle/chain.ts";
import { turnsIn } from "#admin/trustees/bundle/turns.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { BoxProgress } from "#core/trustees/box-progress.ts";
import { recordBoxProgress } from "#storage/box-progress.ts";

/** Tells the site how far trustees are with a box. */

/**
 * Records how many mixed and opened it, for everybody to see. Throws Refusal when the bundle is not this election's, or what is in it is not
 * what the office and the mixers signed: proofs are for `open` and `certify`.
 */
export async function recordProgress(
  connection: Connection,
  bundle: Bundle,
  onProgress?: OnProgress,
): Promise<BoxProgress> {
  const { folder, ceremony, opening } = bundle;
  const { electionId } = ceremony;
  const election = await requireElection(connection, electionId);
  const isOwn =
    election.ceremony !== undefined &&
    canonicalJson(election.ceremony) === canonicalJson(ceremony) &&
    election.opening?.sha256 === opening.sha256;
  if (!isOwn) {
    throw new EnglishRefusal(
      `${folder}: this is not the bundle of election ${electionId}, as it stands here: its ceremony or opening is another. Nothing was recorded.`,
    );
  }
  await requireChain(bundle, onProgress);
  const { mixed, opened } = turnsIn(bundle);
  // More may open it than are needed.
  const progress = { mixes: mixed.length, openings: Math.min(opened.length, ceremony.threshold) };
  // From then on nothing is left to tell.
  if (election.isOpened !== true) await recordBoxProgress(connection, electionId, progress);
  return progress;
}
