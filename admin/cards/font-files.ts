import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FontName, type Fonts, knowFonts } from "#admin/cards/fonts.ts";

/** The fonts of the letters as files on this machine. */

const FONT_FILES: Readonly<Record<FontName, string>> = {
  regular: "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  bold: "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
  syllabics: "@expo-google-fonts/noto-sans-canadian-aboriginal/400Regular/NotoSansCanadianAboriginal_400Regular.ttf",
};

const bytesOf = (name: FontName): Uint8Array => readFileSync(fileURLToPath(import.meta.resolve(FONT_FILES[name])));

knowFonts((): Fonts => ({ regular: bytesOf("regular"), bold: bytesOf("bold"), syllabics: bytesOf("syllabics") }));
