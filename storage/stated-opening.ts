import { type Change, Changes, Opening } from "#core/opening.ts";
import { sha256Hex } from "#storage/definition-parts.ts";

/** What was stated of an election: its opening, and the changes since. */
export type StatedOpening = Readonly<{
  /** `opening.json`, byte for byte as it was signed: a later version may read more into a definition than was stated. */
  text: string;
  /** Of the text, in hexadecimal. */
  sha256: string;
  opening: Opening;
  /** Oldest first. */
  changes: readonly Change[];
}>;

/** @param changes `changes.json`; undefined while there are none */
export function readStatedOpening(text: string, changes: string | undefined): StatedOpening {
  return {
    text,
    sha256: sha256Hex(text),
    opening: Opening.parse(JSON.parse(text)),
    changes: Changes.parse(JSON.parse(changes ?? "[]")),
  };
}
