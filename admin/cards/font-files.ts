import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Fonts, knowFonts } from "#admin/cards/fonts.ts";

/** The fonts of the letters as files on this machine. */

const bytesAt = (url: string): Uint8Array => readFileSync(fileURLToPath(url));

knowFonts(
  (): Fonts => ({
    regular: bytesAt(import.meta.resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf")),
    bold: bytesAt(import.meta.resolve("@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf")),
    syllabics: bytesAt(
      import.meta.resolve(
        "@expo-google-fonts/noto-sans-canadian-aboriginal/400Regular/NotoSansCanadianAboriginal_400Regular.ttf",
      ),
    ),
  }),
);
