import type { BilingualText } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { clausesJoined } from "#core/sentences.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";

/** The faults of a row as one sentence in each language, without a full stop. */
export function badRow(line: number, faults: readonly BilingualText[], separator: ", " | "; " = ", "): BadRow {
  const told = (language: Language): string => {
    const texts = faults.map((fault) => fault[language]);
    return separator === ", " ? texts.join(separator) : clausesJoined(language, texts);
  };
  return { line, problem: { en: told("en"), fr: told("fr") } };
}
