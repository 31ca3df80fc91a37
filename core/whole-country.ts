/** The region of an election that has none: the whole country votes in one contest. */
export const WHOLE_COUNTRY = "all";
