import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { CODE_ALPHABET, withSorted } from "#admin/trustees/bundle/lines-by-key.ts";
import type { BoxFile } from "#core/trustees/bundle/box-file.ts";
import { readTrusteeLine } from "#core/trustees/bundle/box-line.ts";

/** The tracking codes of a box that is sorted by region, in their own order, with those set aside. */

export type CodeOf = Readonly<{ trackingCode: string; isSetAside: boolean }>;

const SET_ASIDE = " aside";

/** Tells each code of a box. @param lines `box.jsonl` */
export async function eachCode(
  lines: Readable,
  { statement }: BoxFile,
  tell: (code: CodeOf) => Promise<void>,
): Promise<void> {
  await withSorted(
    CODE_ALPHABET,
    async (sorter) => {
      for await (const text of createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY })) {
        const line = readTrusteeLine(text);
        if (line === undefined) throw new Error("a line of the kept box is none");
        await sorter.add(line.trackingCode);
      }
      for (const { trackingCode } of statement.setAside) await sorter.add(`${trackingCode}${SET_ASIDE}`);
    },
    async (sorted) => {
      for await (const code of sorted) {
        await tell({ trackingCode: code.replace(SET_ASIDE, ""), isSetAside: code.endsWith(SET_ASIDE) });
      }
    },
  );
}
