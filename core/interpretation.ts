import type { StatedElection } from "#core/election.ts";
import { type KeyedEnvelope, type Opener, openEnvelope } from "#core/envelope.ts";
import { checkSelection, readSelection, SPOILED, writeSelection } from "#core/selection.ts";

/**
 * What a stored ballot counts as: its selection in writing, or SPOILED when its envelope does not open or its content does
 * not fit the contest. The tally and every recount use this one function, so they cannot differ.
 */
export async function interpretBallot(
  open: Opener,
  election: StatedElection,
  regionId: string,
  envelope: KeyedEnvelope,
): Promise<string> {
  const { definition } = election;
  const text = await openEnvelope(open, election, regionId, envelope);
  if (text === undefined) return SPOILED;
  const selection = readSelection(definition, text);
  if (!checkSelection(definition, regionId, selection).ok) return SPOILED;
  // Marked names in another order could tell who cast the ballot.
  return writeSelection(selection) === text ? text : SPOILED;
}
