import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { isTrustees, phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";

/** What a letter brings somebody to: an election, or a paper with its questions. */
export type Visit = Readonly<{
  /** "election 7", "paper P1". */
  name: string;
  /** Of its address, after `vote`. */
  path: readonly string[];
  questions: readonly ElectionDefinition[];
  /** The question whose credentials, regions and contact are those of all. */
  lead: ElectionDefinition;
}>;

/** How its letters are recognised: `7`, `paper/P1`. */
export const pathOf = ({ path }: Visit): string => path.join("/");

/** "election 7" for `7`, "paper P1" for `paper/P1`. */
export function nameOfPath(path: string): string {
  return path.startsWith("paper/") ? path.replace("/", " ") : `election ${path}`;
}

export function visitOf(path: readonly string[], questions: readonly ElectionDefinition[]): Visit {
  const withRegions = questions.find(({ regions }) => regions.length > 0) ?? questions[0];
  if (withRegions === undefined) throw new Error("there is nothing to vote on");
  const contact = questions.find((question) => question.contact !== undefined)?.contact;
  const lead = withRegions.contact === undefined && contact !== undefined ? { ...withRegions, contact } : withRegions;
  return { name: nameOfPath(path.join("/")), path, questions, lead };
}

/** Throws Refusal for an election that was cancelled, and for one whose cards its registrar makes. */
export function visitTo(definition: ElectionDefinition): Visit {
  refuseCancelled(definition);
  if (isTrustees(definition)) {
    const { electionId } = definition;
    throw new Refusal(
      `The cards of election ${electionId} are made by its registrar, on a machine without a network: scrutin registrar cards. Who runs the system must not know the codes.`,
      `Les cartes de l’élection ${electionId} sont faites par son registraire, sur un ordinateur sans réseau\u00a0: scrutin registrar cards. Qui exploite le système ne doit pas connaître les codes.`,
    );
  }
  return visitOf([definition.electionId], [definition]);
}

export const visitToPaper = (paper: string, questions: readonly ElectionDefinition[]): Visit =>
  visitOf(["paper", paper], questions);

/** Throws Refusal when voting in one of its questions has closed. */
export function refuseClosed({ questions }: Visit, atMs: number): void {
  const closed = questions.find((definition) => phaseAt(definition, atMs) === "closed");
  if (closed === undefined) return;
  throw new Refusal(
    `Voting in election ${closed.electionId} has closed: nobody can use a code any more.`,
    `Le vote est terminé pour l’élection ${closed.electionId}\u00a0: plus personne ne peut se servir d’un code.`,
  );
}
