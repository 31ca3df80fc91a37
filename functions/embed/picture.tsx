import { renderToString } from "preact-render-to-string";
import { BarDrawing } from "#functions/embed/drawing.tsx";
import type { Summary } from "#functions/embed/summary.ts";
import { wrapped } from "#functions/embed/wrapped.ts";
import { PAPER } from "#web/results/colour.ts";
import type { ToldBar } from "#web/results/told.ts";

/** The same result as a picture for sharing: an SVG of text and rectangles. */

/** What sites that show previews ask for (ogp.me, Facebook's and X's guides). */
export const PICTURE_SIZE = { width: 1200, height: 630 } as const;

const MARGIN = 64;
const WIDTH = PICTURE_SIZE.width - 2 * MARGIN;
const INK = "#1b1a17";
const QUIET = "#59564e";
const LINE = "#d8d3c7";
const FOOT = PICTURE_SIZE.height - 48;
const LAST_BAR = FOOT - 56;
/** How much narrower a text is that is not bold. */
const REGULAR = 0.86;
const NAMES = 350;
const FIGURES = 340;

type TextProps = Readonly<{ x?: number; y: number; size: number; fill?: string; bold?: boolean; end?: boolean }>;

function Line({
  x = MARGIN,
  y,
  size,
  fill = INK,
  bold = false,
  end = false,
  children,
}: TextProps & { children: string }) {
  return (
    <text x={x} y={y} font-size={size} fill={fill} font-weight={bold ? 700 : 400} text-anchor={end ? "end" : "start"}>
      {children}
    </text>
  );
}

/** What XML has no characters for, such as NUL. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Markup as XML too, which forbids more than HTML does and would be no picture at all for one such character in a title. */
const asXml = (markup: string): string => markup.replaceAll(NOT_IN_XML, "\ufffd").replaceAll("]]>", "]]&gt;");

/** The picture as SVG. */
export function pictureOf(summary: Summary): string {
  const { title, region, headline, details, bars } = summary;
  const name = region === undefined ? title : `${title} – ${region}`;
  const isShort = headline.length < 90;
  const size = isShort ? 46 : 36;
  const lines = wrapped(headline, size, WIDTH, isShort ? 3 : 4);
  const below = 154 + lines.length * size * 1.25;
  const texts = bars.length > 0 ? [] : details.flatMap((detail) => wrapped(detail, 28 * REGULAR, WIDTH, 3));
  const markup = renderToString(
    <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={headline} {...PICTURE_SIZE} font-family="Noto Sans">
      <rect width="100%" height="100%" fill={PAPER.day} />
      {wrapped(name, 30 * REGULAR, WIDTH, 1).map((line) => (
        <Line key={line} y={88} size={30} fill={QUIET}>
          {line}
        </Line>
      ))}
      {lines.map((line, index) => (
        <Line key={line} y={154 + index * size * 1.25} size={size} bold>
          {line}
        </Line>
      ))}
      {texts.slice(0, 5).map((line, index) => (
        <Line key={line} y={below + 24 + index * 38} size={28}>
          {line}
        </Line>
      ))}
      <Bars bars={bars} from={below} />
      <rect x={MARGIN} y={FOOT - 40} width={WIDTH} height={2} fill={LINE} />
      <Foot summary={summary} />
    </svg>,
  );
  return asXml(markup);
}

/** As many as fit, one row each. */
function Bars({ bars, from }: Readonly<{ bars: readonly ToldBar[]; from: number }>) {
  const height = Math.min(72, Math.max(48, (LAST_BAR - from) / Math.max(1, bars.length)));
  const shown = bars.slice(0, Math.max(1, Math.floor((LAST_BAR - from) / height)));
  return (
    <>
      {shown.map((bar, index) => (
        <BarLine key={bar.id} bar={bar} y={from + index * height} height={height} />
      ))}
    </>
  );
}

function BarLine({ bar, y, height }: Readonly<{ bar: ToldBar; y: number; height: number }>) {
  const { name, share, count } = bar;
  const baseline = y + height / 2 + 8;
  return (
    <>
      {wrapped(name, 26, NAMES - 24, 1).map((line) => (
        <Line key={line} y={baseline} size={26} bold>
          {line}
        </Line>
      ))}
      <BarDrawing
        bar={bar}
        themes={["day"]}
        x={MARGIN + NAMES}
        y={y + height / 2 - 14}
        width={WIDTH - NAMES - FIGURES}
        height={28}
      />
      <Line x={MARGIN + WIDTH - FIGURES + 130} y={baseline} size={26} bold end>
        {share}
      </Line>
      <Line x={MARGIN + WIDTH} y={baseline} size={20} fill={QUIET} end>
        {count}
      </Line>
    </>
  );
}

function Foot({ summary: { conditions } }: Readonly<{ summary: Summary }>) {
  const [counted = ""] = wrapped(conditions.at(-1) ?? "", 22 * REGULAR, WIDTH - 160, 1);
  return (
    <>
      <Line y={FOOT} size={22} fill={QUIET}>
        {counted}
      </Line>
      <Line x={MARGIN + WIDTH} y={FOOT} size={22} fill={QUIET} bold end>
        Scrutin
      </Line>
    </>
  );
}
