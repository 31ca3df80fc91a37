import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Selection } from "#core/selection.ts";
import { makeBallot } from "#core/trustees/ballot.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { ballotTrackingCode } from "#core/trustees/card-key.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import type { ReadTestLink } from "#web/trustees/test-link.ts";

/** A tested ballot, made again from its link: what it says, and the tracking code that it must have. */
export type Remade = Readonly<{
  definition: ElectionDefinition;
  regionId: string;
  selection: Selection;
  trackingCode: string;
}>;

/** Undefined for a link that gives no ballot of this question. */
export function remade(link: ReadTestLink, definition: ElectionDefinition): Remade | undefined {
  const { electionId, regionId, voterKey, publicKey, seed } = link;
  if (definition.electionId !== electionId || !contestRegionIds(definition).includes(regionId)) return undefined;
  try {
    const selection = link.selectionIn(definition);
    const context = { publicKey, ballotDigest: ballotDigest(definition), electionId, regionId, voterKey };
    const body = makeBallot(context, encodeSelection(definition, regionId, selection), seed);
    return { definition, regionId, selection, trackingCode: ballotTrackingCode(voterKey, body) };
  } catch {
    return undefined;
  }
}
