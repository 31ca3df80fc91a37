import { readTrackingCode } from "#core/tracking-code.ts";

/** Codes have no 1, so it was an I or an L. Beyond this many, all are taken for I. */
const MOST_ONES = 3;

/** The tracking codes that somebody may mean by what they typed, the likeliest first; none when it is no tracking code. */
export function spellingsOf(typed: string): readonly string[] {
  const [first = "", ...others] = typed.split("1");
  const texts =
    others.length > MOST_ONES
      ? [typed]
      : others.reduce((read, part) => read.flatMap((text) => [`${text}I${part}`, `${text}L${part}`]), [first]);
  return texts.flatMap((text) => readTrackingCode(text) ?? []);
}
