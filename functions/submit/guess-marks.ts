import { createHmac, type KeyObject } from "node:crypto";
import { identityAmong } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { guessingWindow } from "#core/guessing.ts";

/**
 * The marks under which wrong guesses are counted: keyed hashes of a guess's identity and of its address. They change with
 * every hour and election, and are destroyed with the election's pepper.
 */
export type GuessMarks = Readonly<{
  /** Undefined when credentials are a single field, which is all secret, and where voters sign in. */
  identity: string | undefined;
  address: string;
}>;

/** 96 bits: too many for two marks of an hour to collide by chance. */
const MARK_CHARACTERS = 16;

/**
 * @param pepper the election's secret, which only `submit` holds
 * @param values the normalised credentials, in the order of the definition
 * @param address as viewerAddress gives it
 */
export function guessMarks(
  pepper: KeyObject,
  { electionId, credentialFields }: Pick<ElectionDefinition, "electionId" | "credentialFields">,
  values: readonly string[],
  address: string,
  atMs: number,
): GuessMarks {
  const window = guessingWindow(atMs);
  // No normalised credential begins in lower case, so a mark is never a voter's hash.
  const mark = (...parts: readonly string[]): string =>
    createHmac("sha256", pepper)
      .update(["guess", window, electionId, ...parts].join("|"), "utf8")
      .digest("base64url")
      .slice(0, MARK_CHARACTERS);
  // Nobody guesses who signs in.
  const identity = credentialFields.length === 0 ? [] : identityAmong(credentialFields, values);
  return {
    identity: identity.length === 0 ? undefined : mark("identity", ...identity),
    address: mark("address", address),
  };
}
