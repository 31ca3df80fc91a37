import type { ElectionDefinition } from "#core/election.ts";
import { type Opener, openEnvelope } from "#core/envelope.ts";
import { checkSelection, readSelection, SPOILED } from "#core/selection.ts";

/**
 * What a stored ballot counts as: its selection as it is written, or SPOILED when its envelope does not open or what is in
 * it does not fit the contest. The tally and every recount ask this one question, so they cannot differ in its answer.
 */
export async function interpretBallot(
  open: Opener,
  definition: ElectionDefinition,
  regionId: string,
  envelope: Uint8Array,
): Promise<string> {
  const text = await openEnvelope(open, definition, regionId, envelope);
  if (text === undefined) return SPOILED;
  // A selection has one spelling, so a text that fits is it.
  return checkSelection(definition, regionId, readSelection(definition, text)).ok ? text : SPOILED;
}
