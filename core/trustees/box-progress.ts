/** How many mixes, and how many trustees' openings, of a sealed box are done. */
export type BoxProgress = Readonly<{ mixes: number; openings: number }>;
