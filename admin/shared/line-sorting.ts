import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";

/**
 * Sorts any number of lines that begin with a random character: they are partitioned by it, so that memory holds one partition
 * at a time.
 */

export type LineSorter = Readonly<{
  /** @param line without a line feed */
  add(line: string): Promise<void>;
  /** Ends the adding. */
  close(): Promise<void>;
  /** Every line, sorted; call it once closed. */
  sorted(): AsyncGenerator<string>;
}>;

/**
 * @param folder for temporary files, removed as they are read
 * @param prefix what all lines begin with
 * @param alphabet what the next character may be, in the order of its code units
 */
export function lineSorter(folder: string, prefix: string, alphabet: string): LineSorter {
  const piles = new Map(
    [...alphabet].map((character, index) => {
      const file = join(folder, `sorting-${index}`);
      return [character, { file, stream: createWriteStream(file, { mode: 0o600 }) }] as const;
    }),
  );
  return {
    async add(line) {
      const pile = line.startsWith(prefix) ? piles.get(line.charAt(prefix.length)) : undefined;
      if (pile === undefined) throw new Error(`a line to be sorted begins with ${line.slice(0, prefix.length + 1)}`);
      if (!pile.stream.write(`${line}\n`)) await once(pile.stream, "drain");
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
