import type { Language } from "#core/language.ts";
import { problem } from "#functions/runtime/http.ts";
import type { ProblemSlug } from "#functions/runtime/problem-contract.ts";

/** What the API tells voters in words about their ballot, said to the office: nothing there is a ballot, or a right to vote. */
export const OFFICE_DETAILS: Readonly<Partial<Record<ProblemSlug, Readonly<Record<Language, string>>>>> = {
  "invalid-request": {
    en: "The fields named below do not fit. Nothing was changed.",
    fr: "Les champs nommés ci-dessous ne conviennent pas. Rien n’a été modifié.",
  },
  "body-too-large": {
    en: "This is more than fits one request. Send less at a time. Nothing was changed.",
    fr: "C’est plus que ce que contient une requête. Envoyez-en moins à la fois. Rien n’a été modifié.",
  },
  "try-again": {
    en: "A part of the system did not answer. Look at what is done already, then try again in a moment.",
    fr: "Une partie du système n’a pas répondu. Regardez ce qui est déjà fait, puis réessayez dans un instant.",
  },
};

/** As `problem`, to somebody of the office. */
export const officeProblem: typeof problem = (slug, language, options = {}) =>
  problem(slug, language, { ...options, said: OFFICE_DETAILS[slug] });
