import type { OfficeActsWords } from "#web/office/messages/en/acts.ts";

/** An act in words; a name that is not known as it is. */
export const actIn = (words: OfficeActsWords, act: string): string => words[act] ?? act;
