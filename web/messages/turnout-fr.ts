import { countsIn } from "#web/format.ts";

const { count, plural } = countsIn("fr");

export const turnoutOfFr = (ballots: number, onRoll: number): string =>
  `${count(ballots)} sur ${plural(onRoll, "inscrit", "inscrits")}`;
