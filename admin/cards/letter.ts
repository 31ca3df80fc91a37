import type { AddressBlock } from "#admin/cards/address.ts";
import { type FontName, fontFor, widthOf } from "#admin/cards/fonts.ts";
import type { LetterTexts } from "#admin/cards/letter-texts.ts";
import type { Paper } from "#admin/cards/paper.ts";
import { drawSquare, type Square } from "#admin/cards/square.ts";
import type { BilingualText } from "#core/election.ts";

/**
 * Draws a letter on one page: the address in the envelope's window, when and how to vote, the code in a panel that is folded
 * inwards. What is read aloud has the order in which it is drawn.
 */

export type Letter = Readonly<{
  number: number;
  address: AddressBlock;
  /** As it is printed, in groups. */
  code: string;
  /** Of the ballot. */
  url: string;
  /** The same for a camera. */
  square: Square;
  /** Undefined where the election has none. */
  region: string | undefined;
}>;

const INK = "#1b1f24";
const NAVY = "#16324f";
const GREY = "#5b6672";
const TINT = "#eef3f8";
const RULE = "#c3cfdb";

const TOP = 42;
const BEFORE_EDGE = 14;
const FACTS = 172;
const TITLE_SIZES = [17, 15, 13, 11] as const;
const GUTTER = 22;
const FOOT = 34;
const CODE_BOX = 64;
const SQUARE = 116;
const NUMERAL = 18;
const SMALLEST_URL = 7;

type Style = Readonly<{ size: number; font?: FontName; colour?: string; align?: "center" | "right" }>;

const STYLES = {
  kind: { size: 9.5, colour: GREY },
  title: { font: "bold", colour: NAVY },
  fact: { size: 8.5, colour: GREY },
  factValue: { size: 9.5, font: "bold" },
  body: { size: 11 },
  questions: { size: 11, font: "bold" },
  heading: { size: 12, font: "bold", colour: NAVY },
  smallHeading: { size: 10.5, font: "bold", colour: NAVY },
  small: { size: 10 },
  code: { size: 25, font: "bold", colour: NAVY },
  caption: { size: 8, colour: GREY, align: "center" },
  foot: { size: 8, colour: GREY },
} as const satisfies Record<string, Partial<Style>>;

/** What letters of one kind share. */
export type Layout = Readonly<{
  paper: Paper;
  texts: LetterTexts;
  /** Of the type below the first fold, at most 1. */
  scale: number;
}>;

/** What does not fit, in words. */
export class DoesNotFit extends Error {
  override readonly name = "DoesNotFit";
  readonly fault: BilingualText;

  constructor(fault: BilingualText) {
    super(fault.en);
    this.fault = fault;
  }
}

type Box = Readonly<{ x: number; y: number; width: number; until: number }>;

/** A page, and the part of the document's structure that its texts belong to. */
type Page = Readonly<{ doc: PDFKit.PDFDocument; part: PDFKit.PDFStructureElement; scale: number }>;

/** Sets a text and returns where the next may begin. Throws DoesNotFit. */
function put({ doc, part, scale }: Page, tag: string, text: string, { x, y, width, until }: Box, style: Style): number {
  const found = fontFor(text);
  if ("missing" in found)
    throw new DoesNotFit({
      en: `no font has ${found.missing.join(" ")}`,
      fr: `aucune police n’a ${found.missing.join(" ")}`,
    });
  doc
    .font(found.font === "regular" ? (style.font ?? "regular") : found.font, style.size * scale)
    .fillColor(style.colour ?? INK);
  const { page } = doc;
  const options = { width, align: style.align ?? "left", lineGap: -style.size * 0.08 } as const;
  part.add(doc.struct(tag, {}, () => doc.text(text, x, y, options)));
  // What is too long for the page goes on on another.
  if (doc.page !== page || doc.y > until)
    throw new DoesNotFit({
      en: `no room is left for “${text.slice(0, 60)}…”`,
      fr: `il n’y a plus de place pour «\u00a0${text.slice(0, 60)}…\u00a0»`,
    });
  return doc.y;
}

/** Lines and tints, which a screen reader passes over. */
function adorn({ doc }: Page, draw: () => void): void {
  doc.markContent("Artifact", { type: "Layout" });
  draw();
  doc.endMarkedContent();
}

/** The election's title in the largest type that leaves the window free. */
function title(page: Page, text: string, box: Box): void {
  const { doc } = page;
  const size = TITLE_SIZES.find((points) => {
    doc.font("bold", points);
    return box.y + doc.heightOfString(text, { width: box.width }) <= box.until;
  });
  put(page, "H1", text, box, { ...STYLES.title, size: size ?? 11 });
}

function head(page: Page, paper: Paper, { words, texts, letter }: Parts): void {
  const { shown, width, address } = paper;
  const x = width - address.x - FACTS;
  const aboveWindow = shown.y - 4;
  const besideWindow = paper.folds[0] - BEFORE_EDGE;
  const facts = { x, width: FACTS, until: x < shown.x + shown.width + BEFORE_EDGE ? aboveWindow : besideWindow };
  const left = { x: address.x, width: x - GUTTER - address.x, until: aboveWindow };
  const y = put(page, "P", words.kind, { ...left, y: TOP }, STYLES.kind);
  title(page, texts.title, { ...left, y: y + 2 });

  const told = [
    [words.opens, texts.opens],
    [words.closes, texts.closes],
    ...(letter.region === undefined ? [] : [[words.region, letter.region] as const]),
  ] as const;
  let at = TOP;
  for (const [name, value] of told) {
    at = put(page, "P", name, { ...facts, y: at }, STYLES.fact);
    at = put(page, "P", value, { ...facts, y: at }, STYLES.factValue) + 5;
  }
}

function address({ doc, part }: Page, { address: box }: Paper, { lines, size, leading }: AddressBlock): void {
  doc.fillColor(INK);
  const draw = (): void => {
    lines.forEach(({ text, font }, index) => {
      doc.font(font, size).text(text, box.x, box.y + index * leading, { lineBreak: false });
    });
  };
  part.add(doc.struct("P", {}, draw));
}

function codeBox(page: Page, y: number, width: number, { words, letter, margin }: Parts): number {
  const { doc } = page;
  adorn(page, () => doc.roundedRect(margin, y, width, CODE_BOX, 6).fillAndStroke(TINT, RULE));
  const label = { x: margin + 16, width: width * 0.46, until: y + CODE_BOX };
  const code = { x: margin + width * 0.5, width: width * 0.48, until: y + CODE_BOX };
  // The label directly before the code: `cards check` looks for it there.
  const below = put(page, "H2", words.code, { ...label, y: y + 15 }, STYLES.heading);
  // On one line, however wide its letters are.
  const size = Math.min(STYLES.code.size, (code.width - 1) / widthOf(letter.code, "bold") / page.scale);
  put(page, "P", letter.code, { ...code, y: y + 14 }, { ...STYLES.code, size });
  put(page, "P", words.codeHint, { ...label, y: below }, STYLES.foot);
  return y + CODE_BOX;
}

/** The largest size of type in which the address of the ballot stands on one line. */
function urlStyle(url: string, width: number): Style {
  const relativeWidth = widthOf(url, "bold");
  for (let size = 10; size >= SMALLEST_URL; size -= 0.5) {
    if (relativeWidth * size <= width - 1) return { size, font: "bold", colour: NAVY };
  }
  throw new DoesNotFit({ en: `${url} is too long for a line`, fr: `${url} est trop long pour une ligne` });
}

function steps(
  page: Page,
  from: number,
  width: number,
  until: number,
  { words, texts, letter, margin }: Parts,
): number {
  const { doc, part } = page;
  const column = { x: margin + NUMERAL, width: width - SQUARE - GUTTER - NUMERAL, until };
  let y = put(page, "H2", words.steps, { x: margin, y: from, width: column.width, until }, STYLES.heading) + 3;
  const list = [
    words.open,
    ...(letter.region === undefined ? [] : [words.checkRegion(letter.region)]),
    texts.mark,
    texts.identify,
    texts.keep,
  ];
  list.forEach((text, index) => {
    const numbered = put(page, "P", `${index + 1}.`, { x: margin, y, width: NUMERAL, until }, STYLES.body);
    y = Math.max(numbered, put(page, "P", text, { ...column, y }, STYLES.body));
    if (index === 0) y = put(page, "P", letter.url, { ...column, y }, urlStyle(letter.url, column.width));
    y += 3;
  });
  const corner = { x: margin + width - SQUARE, y: from + 4 };
  const draw = (): void => drawSquare(doc, letter.square, { ...corner, width: SQUARE });
  const figure = {
    alt: `${words.square}: ${letter.url}`,
    bbox: [corner.x, corner.y, corner.x + SQUARE, corner.y + SQUARE],
  };
  part.add(doc.struct("Figure", figure, draw));
  const caption = { x: corner.x, y: corner.y + SQUARE, width: SQUARE, until };
  return Math.max(y, put(page, "P", words.square, caption, STYLES.caption));
}

function advice(page: Page, from: number, width: number, until: number, { words, texts, margin }: Parts): number {
  const half = (width - GUTTER) / 2;
  const columns = [
    [words.lost, texts.lost],
    [words.secret, words.secretHint],
  ] as const;
  const ends = columns.map(([title, text], index) => {
    const column = { x: margin + index * (half + GUTTER), width: half, until };
    const y = put(page, "H2", title, { ...column, y: from }, STYLES.smallHeading);
    return put(page, "P", text, { ...column, y: y + 1 }, STYLES.small);
  });
  const box = { x: margin, width, until };
  const y = put(page, "H2", words.help, { ...box, y: Math.max(...ends) + 9 }, STYLES.smallHeading);
  return put(page, "P", texts.help, { ...box, y: y + 1 }, STYLES.small);
}

function foot(page: Page, paper: Paper, width: number, { words, texts, letter, margin }: Parts): void {
  const y = paper.height - FOOT - 16;
  adorn(page, () =>
    page.doc
      .moveTo(margin, y)
      .lineTo(margin + width, y)
      .lineWidth(0.5)
      .stroke(RULE),
  );
  const column = { x: margin, y: y + 4, width: width - 70, until: paper.height };
  put(page, "P", texts.otherLanguage, column, STYLES.foot);
  const number = { ...column, x: margin + width - 66, width: 66 };
  put(page, "P", words.number(String(letter.number)), number, { ...STYLES.foot, align: "right" });
}

type Parts = Readonly<{ words: LetterTexts["words"]; texts: LetterTexts; letter: Letter; margin: number }>;

/** Adds a page with a letter. Throws DoesNotFit when a text is too long for its place. */
export function drawLetter(
  doc: PDFKit.PDFDocument,
  body: PDFKit.PDFStructureElement,
  { paper, texts, scale }: Layout,
  letter: Letter,
): void {
  const part = doc.struct("Sect");
  body.add(part);
  doc.addPage({ size: [paper.width, paper.height], margin: 0 });
  const page = { doc, part, scale };
  const margin = paper.address.x;
  const parts = { words: texts.words, texts, letter, margin };
  const width = paper.width - 2 * margin;
  const until = paper.height - FOOT - 20;
  adorn(page, () => {
    for (const y of paper.folds) doc.moveTo(10, y).lineTo(22, y).lineWidth(0.4).stroke(RULE);
  });
  head({ ...page, scale: 1 }, paper, parts);
  address(page, paper, letter.address);
  let y = paper.folds[0] + 16;
  y = put(page, "P", texts.words.invitation, { x: margin, y, width, until }, STYLES.body);
  if (texts.questions !== undefined) {
    y = put(page, "P", texts.questions, { x: margin, y: y + 6, width, until }, STYLES.questions);
  }
  y += 12;
  y = codeBox(page, y, width, parts) + 14;
  y = steps(page, y, width, until, parts) + 10;
  advice(page, y, width, until, parts);
  foot(page, paper, width, parts);
  part.end();
}
