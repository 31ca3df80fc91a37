import { questionsOf } from "#core/paper.ts";
import { Refusal } from "#core/refusal.ts";
import { type AdministeredElection, listElections, type Register } from "#storage/registered-elections.ts";

/** The questions of a paper but for those that were cancelled, in the order of the elections. */
export const standingIn = (
  elections: readonly AdministeredElection[],
  paper: string,
): readonly AdministeredElection[] =>
  questionsOf(elections, paper).filter(({ definition }) => definition.cancelled === undefined);

/** The questions of a paper that are registered, ordered by their ids, but for those that were cancelled. Throws Refusal, with the papers there are, when it has none. */
export async function requirePaper(register: Register, paper: string): Promise<readonly AdministeredElection[]> {
  const elections = await listElections(register);
  const questions = standingIn(elections, paper);
  if (questions.length > 0) return questions;
  if (questionsOf(elections, paper).length > 0)
    throw new Refusal(
      `All questions of paper ${paper} were cancelled.`,
      `Toutes les questions du bulletin ${paper} ont été annulées.`,
    );
  const papers = [...new Set(elections.flatMap(({ definition }) => definition.paper ?? []))];
  const known =
    papers.length === 0
      ? { en: "no registered election names one", fr: "aucune élection inscrite n’en nomme un" }
      : { en: `the papers are ${papers.join(", ")}`, fr: `ceux qui existent sont ${papers.join(", ")}` };
  throw new Refusal(
    `There is no paper ${paper}: ${known.en}.`,
    `Il n’y a pas de bulletin ${paper}\u00a0: ${known.fr}.`,
  );
}
