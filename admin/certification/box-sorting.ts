import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { type BoxLine, writeBoxLine } from "#core/ballot-box.ts";

/**
 * Sorts a ballot box of any size: lines are partitioned by the first character of their tracking code, which is uniform, so
 * memory holds a thirty-second of the box at a time.
 */

const FIRST_CHARACTERS = [..."234567ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

export type BoxSorter = Readonly<{
  add(line: BoxLine): Promise<void>;
  /** Ends the adding. */
  close(): Promise<void>;
  /** Every line, sorted; call it once closed. */
  sorted(): AsyncGenerator<string>;
}>;

/** @param folder for temporary files, removed as they are read */
export function boxSorter(folder: string): BoxSorter {
  const piles = new Map(
    FIRST_CHARACTERS.map((character) => {
      const file = join(folder, `sorting-${character}`);
      return [character, { file, stream: createWriteStream(file, { mode: 0o600 }) }] as const;
    }),
  );
  return {
    async add(line) {
      const pile = piles.get(line.trackingCode.charAt(0));
      if (pile === undefined) throw new Error(`a stored ballot has no tracking code but ${line.trackingCode}`);
      if (!pile.stream.write(`${writeBoxLine(line)}\n`)) await once(pile.stream, "drain");
    },
    async close() {
      for (const { stream } of piles.values()) stream.end();
      await Promise.all([...piles.values()].map(({ stream }) => finished(stream)));
    },
    async *sorted() {
      for (const { file } of piles.values()) {
        const text = await readFile(file, "utf8");
        await rm(file);
        if (text !== "") yield* text.trimEnd().split("\n").sort();
      }
    },
  };
}
