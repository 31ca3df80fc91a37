/** What the files are called that letters are made of. */

export const ROLL_FILE = "roll.csv";
export const MERGE_FILE = "mail-merge.csv";
/** `letter` is the number on it, in the order of the people. */
export const MERGE_COLUMNS = [
  ...(["letter", "name", "address_1", "address_2", "address_3", "address_4", "language"] as const),
  ...(["region_id", "region", "code", "ballot"] as const),
] as const;

const LETTERS_NAME = /^letters-(fr|en)-\d{3,}\.pdf$/;
export const isLettersFile = (name: string): boolean => LETTERS_NAME.test(name);

/** @param number counted from 1 in each language */
export const lettersFile = (language: string, number: number): string =>
  `letters-${language}-${String(number).padStart(3, "0")}.pdf`;
