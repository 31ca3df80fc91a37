import type { ElectionDefinition } from "#core/election.ts";
import type { SeatsCount } from "#published/regions.ts";
import { fillOf } from "#web/results/colour.ts";
import { patternOf } from "#web/results/patterns.tsx";

const CENTRE = 100;
const BASE = 112;
const OUTER = 98;
const INNER = 50;

/** A point of the half ring: 0 at its left end, 1 at its right end. */
function point(radius: number, share: number): string {
  const angle = Math.PI * (1 - share);
  return `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(BASE - radius * Math.sin(angle)).toFixed(2)}`;
}

const sector = (from: number, to: number): string =>
  `M${point(OUTER, from)}A${OUTER} ${OUTER} 0 0 1 ${point(OUTER, to)}L${point(INNER, to)}A${INNER} ${INNER} 0 0 0 ${point(INNER, from)}Z`;

type Props = Readonly<{
  definition: ElectionDefinition;
  count: SeatsCount;
  parties: SeatsCount["parties"];
  majority: string;
}>;

/** The seats as a half ring, in the order of the table under it; open and tied seats are empty. The table says the same. */
export function Hemicycle({ definition, count, parties, majority }: Props) {
  let before = 0;
  const sectors = parties.map(({ id, party, colour, seats }) => {
    const from = before / count.seats;
    before += seats;
    return { id, party, colour, path: seats === 0 ? "" : sector(from, before / count.seats) };
  });
  return (
    <svg class="hemicycle" viewBox="0 0 200 116" aria-hidden="true">
      <path class="open-seats" d={sector(0, 1)} />
      {sectors.map(({ id, party, colour, path }, index) => (
        <g key={id} class="party-fill" style={fillOf(colour)}>
          <pattern id={`party-${index}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" />
            <path class="lines" d={patternOf(definition, party)} />
          </pattern>
          <path class="sector" fill={`url(#party-${index})`} d={path} />
        </g>
      ))}
      <path class="majority" d={`M${point(INNER - 4, 0.5)}L${point(OUTER + 3, 0.5)}`} />
      <text x={CENTRE} y="8">
        {majority}
      </text>
    </svg>
  );
}
