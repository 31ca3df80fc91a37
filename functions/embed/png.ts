import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { PictureFile } from "#functions/embed/contract.ts";

/** Turns SVG into PNG. The renderer and the fonts are files beside the bundle, read when the first picture is asked for. */

export type Rasteriser = (svg: string) => Promise<Uint8Array>;

const FONTS = ["regular.ttf", "bold.ttf", "syllabics.ttf"] as const satisfies readonly PictureFile[];

/** The renderer can be started once in a process. */
let started: Promise<unknown> | undefined;

/** @param read the content of a file; when it cannot be read, the next picture tries again */
export function rasteriser(read: (file: PictureFile) => Promise<Uint8Array>): Rasteriser {
  let loaded: Promise<readonly Uint8Array[]> | undefined;
  const load = async (): Promise<readonly Uint8Array[]> => {
    const [wasm, ...fonts] = await Promise.all((["resvg.wasm", ...FONTS] as const).map(read));
    started ??= initWasm(new Uint8Array(wasm ?? []));
    await started;
    return fonts;
  };
  return async (svg) => {
    loaded ??= load();
    const fontBuffers = await loaded.catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    const image = new Resvg(svg, { font: { fontBuffers: [...fontBuffers], defaultFontFamily: "Noto Sans" } });
    const drawn = image.render();
    const png = drawn.asPng();
    drawn.free();
    image.free();
    return png;
  };
}
