import type { Language } from "#core/language.ts";

/**
 * Tag of texts in which a sentence may end with a value: it has one full stop also where the value brings its own, such as a time
 * (`8:00 p.m.`), a name (`Ada Roy Jr.`) or a question.
 */
export function sentences(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return texts.reduce((before, text, index) => {
    const told = `${before}${values[index - 1]}`;
    return told + (/[.?!…]$/.test(told) ? text.replace(/^\./, "") : text);
  });
}

/** Clauses of one sentence: `a; b`. */
export const clausesJoined = (language: Language, clauses: readonly string[]): string =>
  clauses.join(language === "fr" ? "\u202f; " : "; ");
