import { candidatesIn, REFERENDUM_CHOICES } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { checkSelection, type Selection } from "#core/selection.ts";
import { decodePoint, encodePoint, POINT_BYTES, type Point } from "#core/trustees/group.ts";
import { MOST_CANDIDATES, MOST_CHOICES } from "#core/trustees/level.ts";

/**
 * A selection as an element of the group, so that it can be encrypted.
 *
 * Its 32 bytes are a counter (2 bytes, the least first, even), the number n of choices, for each the candidate's place in the region's list
 * from 0, and zeros. In a law, oui is 0 and non is 1; n = 0 is a blank ballot; names marked are in the order of their places. The
 * counter is the smallest for which the bytes are an element's encoding (RFC 9496, section 4.3.1): about one in four is. Encodings
 * are even, so an odd counter's never is. Every selection has one element and no other: whoever could choose the counter could mark a
 * ballot, for a buyer to find it among those opened.
 *
 * The counter is searched as in Koblitz, "Elliptic curve cryptosystems", Mathematics of Computation 48, 1987, section 3.
 */

const COUNTERS = 2 ** 16;
const COUNTER_STEP = 2;
const PLACES_AT = 3;

/** What may be chosen in a region, by place: no more than a byte can tell apart. */
function placesIn(definition: ElectionDefinition, regionId: string): readonly string[] {
  if (definition.votingMethod === "referendum") return REFERENDUM_CHOICES;
  const standing = candidatesIn(definition, regionId).slice(0, MOST_CANDIDATES);
  return standing.map(({ candidateId }) => candidateId);
}

function chosen(selection: Selection): readonly string[] {
  switch (selection.kind) {
    case "choice":
      return [selection.choice];
    case "candidate":
      return [selection.candidateId];
    case "marks":
    case "ranking":
      return selection.candidateIds;
    case "blank":
      return [];
    default:
      return selection satisfies never;
  }
}

/** The selection that says this; it may still not fit the contest. */
function selectionOf({ votingMethod }: ElectionDefinition, names: readonly string[]): Selection {
  const [first] = names;
  if (first === undefined) return { kind: "blank" };
  switch (votingMethod) {
    case "referendum":
      return {
        kind: "choice",
        choice: first === REFERENDUM_CHOICES[0] ? REFERENDUM_CHOICES[0] : REFERENDUM_CHOICES[1],
      };
    case "single_choice":
      return { kind: "candidate", candidateId: first };
    case "choose":
      return { kind: "marks", candidateIds: names };
    case "ranked_choice":
    case "stv":
      return { kind: "ranking", candidateIds: names };
    default:
      return votingMethod satisfies never;
  }
}

type Encoded = Readonly<{ bytes: Uint8Array; point: Point }>;

/** The element whose encoding these bytes are with the smallest counter. */
function withCounter(bytes: Uint8Array): Encoded {
  const view = new DataView(bytes.buffer);
  for (let counter = 0; counter < COUNTERS; counter += COUNTER_STEP) {
    view.setUint16(0, counter, true);
    const point = decodePoint(bytes);
    if (point !== undefined) return { bytes, point };
  }
  throw new Error("no counter makes an element of these bytes");
}

function encoded(definition: ElectionDefinition, regionId: string, selection: Selection): Encoded {
  const standing = placesIn(definition, regionId);
  const places = chosen(selection).map((name) => standing.indexOf(name));
  const fits = checkSelection(definition, regionId, selection).ok && places.length <= MOST_CHOICES;
  if (!fits || places.includes(-1)) throw new RangeError("the selection does not fit its contest");
  const bytes = new Uint8Array(POINT_BYTES);
  bytes[PLACES_AT - 1] = places.length;
  bytes.set(selection.kind === "marks" ? places.sort((a, b) => a - b) : places, PLACES_AT);
  return withCounter(bytes);
}

/** The element of a selection. Throws RangeError for a selection that does not fit the contest in `regionId`, or its 32 bytes. */
export const encodeSelection = (definition: ElectionDefinition, regionId: string, selection: Selection): Point =>
  encoded(definition, regionId, selection).point;

/** The selection that an element says in the contest of `regionId`. Undefined for every element that encodeSelection would not give: spoiled. */
export function decodeSelection(definition: ElectionDefinition, regionId: string, point: Point): Selection | undefined {
  const bytes = encodePoint(point);
  const count = bytes[PLACES_AT - 1] ?? 0;
  const standing = placesIn(definition, regionId);
  const names = [...bytes.subarray(PLACES_AT, PLACES_AT + count)].map((place) => standing[place]);
  if (count > MOST_CHOICES || !names.every((name) => name !== undefined)) return undefined;
  const selection = selectionOf(definition, names);
  if (!checkSelection(definition, regionId, selection).ok) return undefined;
  // What the voter could choose beside the selection is compared here: counter, order of marks, further choices, and the zeros.
  const own = encoded(definition, regionId, selection).bytes;
  return own.every((byte, place) => byte === bytes[place]) ? selection : undefined;
}
