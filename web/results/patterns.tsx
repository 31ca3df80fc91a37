import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { fillOf } from "#web/results/colour.ts";

/** Parties by a pattern as well as a colour: on paper, in forced colours, and for who sees colours alike. */

/** Lines over the party's colour in a square of 8; the first party has none. */
const PATTERNS = [
  "",
  "M-2 10L10-2",
  "M0 4H8",
  "M4 0V8",
  "M-2-2L10 10",
  "M0 4H8M4 0V8",
  "M-2 10L10-2M-2-2L10 10",
  "M4 3V5",
];

/** An independent has no pattern, as they have no colour. */
export function patternOf(definition: ElectionDefinition, party: BilingualText | null): string {
  if (party === null || definition.votingMethod === "referendum") return "";
  const place = definition.parties.findIndex(({ name }) => name.fr === party.fr && name.en === party.en);
  return PATTERNS[place % PATTERNS.length] ?? "";
}

type Props = Readonly<{ definition: ElectionDefinition; party: BilingualText | null; colour: string | null }>;

/** A square of a party's colour and pattern; its name always stands beside it. */
export function Swatch({ definition, party, colour }: Props) {
  return (
    <svg class="swatch party-fill" style={fillOf(colour)} viewBox="0 0 8 8" aria-hidden="true">
      <rect width="8" height="8" />
      <path d={patternOf(definition, party)} />
    </svg>
  );
}
