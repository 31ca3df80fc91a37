import { canonicalText } from "#core/canonical-json.ts";
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

/** SHA-256 of the newest change, or of the opening while there is none: what the next change names, and what is published of the chain. */
export function newestOf({ sha256, changes }: Readonly<{ sha256: string; changes: readonly unknown[] }>): string {
  const last = changes.at(-1);
  return last === undefined ? sha256 : sha256Hex(canonicalText(last));
}

/** @param changes `changes.json`; undefined while there are none */
export function readStatedOpening(text: string, changes: string | undefined): StatedOpening {
  return {
    text,
    sha256: sha256Hex(text),
    opening: Opening.parse(JSON.parse(text)),
    changes: Changes.parse(JSON.parse(changes ?? "[]")),
  };
}
