import { describe, expect, test } from "vitest";
import { normaliseCredential } from "#core/credential.ts";
import type { CredentialField } from "#core/election.ts";
import { CHECKED_CODE_PATTERN } from "#core/voting-code.ts";
import { CATALOGUE } from "#test/web/catalogue.ts";
import { faultWords } from "#web/vote/faults.ts";

const field = (pattern: string, hasCheckCharacter = false): CredentialField => ({
  name: "field",
  label: { fr: "Champ", en: "Field" },
  pattern,
  inputMode: "text",
  hasCheckCharacter,
});

const DIGITS = field("[0-9]{9}");
const ONE_DIGIT = field("[0-9]");
const LETTERS = field("[A-Z]{3}");
const CODE = field("[A-Z0-9]{6,9}");
const CARD = field(CHECKED_CODE_PATTERN, true);
const DATE = field("[12][0-9]{3}[01][0-9][0-3][0-9]");
const MIXED = field("[A-Z]{2}[0-9]{4}");

describe("what is wrong with a typed field is said", () => {
  test.each<readonly [string, CredentialField, string, string, string]>([
    [
      "digits, empty",
      DIGITS,
      "",
      "9\u00a0digits are needed; there are none yet.",
      "Il faut 9 chiffres ; il n’y a rien encore.",
    ],
    [
      "digits, short",
      DIGITS,
      "12",
      "9\u00a0digits are needed; you typed 2.",
      "Il faut 9 chiffres ; vous en avez saisi 2.",
    ],
    [
      "digits, long",
      DIGITS,
      "1234567890",
      "9\u00a0digits are needed; you typed 10.",
      "Il faut 9 chiffres ; vous en avez saisi 10.",
    ],
    [
      "digits, a letter",
      DIGITS,
      "12O",
      "9\u00a0digits are needed; “O” is not a digit.",
      "Il faut 9 chiffres ; « O » n’en est pas un.",
    ],
    ["one digit", ONE_DIGIT, "12", "1\u00a0digit is needed; you typed 2.", "Il faut 1 chiffre ; vous en avez saisi 2."],
    [
      "letters, short",
      LETTERS,
      "AB",
      "3\u00a0letters are needed; you typed 2.",
      "Il faut 3 lettres ; vous en avez saisi 2.",
    ],
    [
      "letters, a digit",
      LETTERS,
      "AB1",
      "3\u00a0letters are needed; “1” is not a letter.",
      "Il faut 3 lettres ; « 1 » n’en est pas une.",
    ],
    [
      "a code, empty",
      CODE,
      " ",
      "6 to 9 letters or digits are needed; there are none yet.",
      "Il faut de 6 à 9 lettres ou chiffres ; il n’y a rien encore.",
    ],
    [
      "a code, long",
      CODE,
      "ABCDEFGHIJ",
      "6 to 9 letters or digits are needed; you typed 10.",
      "Il faut de 6 à 9 lettres ou chiffres ; vous en avez saisi 10.",
    ],
    [
      "a card's code, a letter it never has",
      CARD,
      "ABCDEFGHJKO",
      "11\u00a0letters or digits are needed; “O” is never one of them.",
      "Il faut 11 lettres ou chiffres ; « O » n’en fait jamais partie.",
    ],
    [
      "a card's code, a slip",
      CARD,
      "22222222223",
      "One of these characters is not as on your card. Compare each of them.",
      "L’un de ces caractères n’est pas celui de votre carte. Comparez-les un à un.",
    ],
    [
      "a date, short",
      DATE,
      "1980",
      "8\u00a0digits are needed; you typed 4.",
      "Il faut 8 chiffres ; vous en avez saisi 4.",
    ],
    ["a date, the day first", DATE, "31121980", "Character 1 must be 1 or 2.", "Le caractère 1 doit être 1 ou 2."],
    ["a digit for a letter", MIXED, "A12345", "Character 2 must be a letter.", "Le caractère 2 doit être une lettre."],
    ["a letter for a digit", MIXED, "ABC123", "Character 3 must be a digit.", "Le caractère 3 doit être un chiffre."],
  ])("%s", (_, rule, typed, english, french) => {
    expect(faultWords("en", rule, normaliseCredential(typed))).toBe(english);
    const said = faultWords("fr", rule, normaliseCredential(typed));
    expect(said.replaceAll(/[\u00a0\u202f]/g, " ")).toBe(french);
    expect(said).not.toMatch(/ [;:?»]|« |'/);
  });
});

test.each([
  [
    0,
    "A tracking code has 20 characters; there are none yet.",
    "Un code de suivi compte 20 caractères ; il n’y a rien encore.",
  ],
  [1, "A tracking code has 20 characters; this one has 1.", "Un code de suivi compte 20 caractères ; celui-ci en a 1."],
  [
    22,
    "A tracking code has 20 characters; this one has 22.",
    "Un code de suivi compte 20 caractères ; celui-ci en a 22.",
  ],
])("a tracking code of %d characters is told how many it has", (length, english, french) => {
  expect(CATALOGUE.en.check.wrongLength(length)).toContain(english);
  expect(CATALOGUE.fr.check.wrongLength(length).replaceAll("\u202f", " ")).toContain(french);
});

test("a tracking code with a character that no code has is told which", () => {
  expect(CATALOGUE.en.check.wrongCharacter("9")).toContain("“9” occurs in no tracking code");
  expect(CATALOGUE.fr.check.wrongCharacter("9")).toContain("«\u00a09\u00a0» ne figure dans");
});
