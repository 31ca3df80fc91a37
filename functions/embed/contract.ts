/**
 * Files that a deployment puts beside the code, by the package that each comes from: they draw the picture, and are read when
 * the first one is asked for.
 */
export const PICTURE_FILES = {
  "resvg.wasm": "@resvg/resvg-wasm/index_bg.wasm",
  "regular.ttf": "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  "bold.ttf": "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
  "syllabics.ttf":
    "@expo-google-fonts/noto-sans-canadian-aboriginal/400Regular/NotoSansCanadianAboriginal_400Regular.ttf",
} as const;

export type PictureFile = keyof typeof PICTURE_FILES;
