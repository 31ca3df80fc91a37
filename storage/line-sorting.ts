import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
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
  const files = new Map([...alphabet].map((character, index) => [character, join(folder, `sorting-${index}`)]));
  const streams = new Map<string, WriteStream>();
  const streamTo = (file: string): WriteStream => {
    const stream = streams.get(file) ?? createWriteStream(file, { mode: 0o600 });
    streams.set(file, stream);
    return stream;
  };
  return {
    async add(line) {
      const file = line.startsWith(prefix) ? files.get(line.charAt(prefix.length)) : undefined;
      if (file === undefined) throw new Error(`a line to be sorted begins with ${line.slice(0, prefix.length + 1)}`);
      const stream = streamTo(file);
      if (!stream.write(`${line}\n`)) await once(stream, "drain");
    },
    async close() {
      for (const stream of streams.values()) stream.end();
      await Promise.all([...streams.values()].map((stream) => finished(stream)));
    },
    async *sorted() {
      for (const file of files.values()) {
        if (!streams.has(file)) continue;
        const text = await readFile(file, "utf8");
        await rm(file);
        yield* text.trimEnd().split("\n").sort();
      }
    },
  };
}
