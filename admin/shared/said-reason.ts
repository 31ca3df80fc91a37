import { Refusal } from "#core/refusal.ts";

/** All that was done to an election is kept in one place of 400 kB. */
export const MOST_REASON_CHARACTERS = 300;

/** A reason as it is recorded; undefined when there is none. */
export function saidReason(given = ""): string | undefined {
  const said = given.replaceAll(/\s+/g, " ").trim();
  if (said.length <= MOST_REASON_CHARACTERS) return said === "" ? undefined : said;
  throw new Refusal(
    `A reason has at most ${MOST_REASON_CHARACTERS} characters.`,
    `Un motif a au plus ${MOST_REASON_CHARACTERS} caractères.`,
  );
}
