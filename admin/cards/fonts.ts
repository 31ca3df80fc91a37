import { create, type Font } from "fontkit";

/**
 * The fonts of the letters, which are embedded in them: Latin with every accent, Greek, Cyrillic and Vietnamese, and for names in
 * Inuktitut or Cree the syllabics. Whoever makes letters says first where they are.
 */

export type FontName = "regular" | "bold" | "syllabics";

/** The bytes of each. */
export type Fonts = Readonly<Record<FontName, Uint8Array>>;

let read: (() => Fonts) | undefined;
let known: Fonts | undefined;
let opened: Readonly<Record<FontName, Font>> | undefined;

/** @param fonts called once, when a font is needed */
export function knowFonts(fonts: () => Fonts): void {
  read ??= fonts;
}

export function fontBytes(): Fonts {
  known ??= read?.();
  if (known === undefined) throw new Error("nobody has said where the fonts are");
  return known;
}

function open(bytes: Uint8Array): Font {
  // Its types ask for Node's kind of bytes, and it takes any.
  const font = create(bytes as Buffer);
  if (!("layout" in font)) throw new Error("a file of fonts holds several");
  return font;
}

function fontOf(name: FontName): Font {
  if (opened === undefined) {
    const { regular, bold, syllabics } = fontBytes();
    opened = { regular: open(regular), bold: open(bold), syllabics: open(syllabics) };
  }
  return opened[name];
}

const lacks = (name: FontName, text: string): readonly string[] =>
  [...text].filter((character) => !fontOf(name).hasGlyphForCodePoint(character.codePointAt(0) ?? 0));

/** The font in which a whole text can be set, or the characters that no font has. */
export function fontFor(text: string): Readonly<{ font: FontName }> | Readonly<{ missing: readonly string[] }> {
  const missing = lacks("regular", text);
  if (missing.length === 0) return { font: "regular" };
  if (lacks("syllabics", text).length === 0) return { font: "syllabics" };
  const inNone = missing.filter((character) => lacks("syllabics", character).length > 0);
  return { missing: [...new Set(inNone.length > 0 ? inNone : missing)] };
}

/** Width of a text of one line, as a multiple of the size of its type. */
export function widthOf(text: string, name: FontName): number {
  const font = fontOf(name);
  return font.layout(text).advanceWidth / font.unitsPerEm;
}
