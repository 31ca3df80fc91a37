import { countsIn } from "#web/format.ts";

const { count, plural } = countsIn("en");

/** Beside a share of the roll. */
export const turnoutOfEn = (ballots: number, onRoll: number): string =>
  `${count(ballots)} of ${plural(onRoll, "voter", "voters")} on the roll`;
