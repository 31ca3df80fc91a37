import { fileURLToPath } from "node:url";
import { type Font, openSync } from "fontkit";

/**
 * The fonts of the letters, which are embedded in them: Latin with every accent, Greek, Cyrillic and Vietnamese, and for names in
 * Inuktitut or Cree the syllabics.
 */

export const FONT_FILES = {
  regular: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf")),
  bold: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf")),
  syllabics: fileURLToPath(
    import.meta.resolve(
      "@expo-google-fonts/noto-sans-canadian-aboriginal/400Regular/NotoSansCanadianAboriginal_400Regular.ttf",
    ),
  ),
} as const;

export type FontName = keyof typeof FONT_FILES;

function opened(name: FontName): Font {
  const font = openSync(FONT_FILES[name]);
  if (!("layout" in font)) throw new Error(`${FONT_FILES[name]} holds several fonts`);
  return font;
}

let fonts: Readonly<Record<FontName, Font>> | undefined;

function fontOf(name: FontName): Font {
  fonts ??= { regular: opened("regular"), bold: opened("bold"), syllabics: opened("syllabics") };
  return fonts[name];
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
