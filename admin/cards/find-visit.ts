import { type Visit, visitTo, visitToPaper } from "#admin/cards/visit.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { requirePaper } from "#admin/elections/paper.ts";
import { requireElection } from "#admin/elections/registered.ts";

/** A registered election, or a paper. Throws Refusal when there is none. */
export async function findVisit(
  connection: Connection,
  which: Readonly<{ election: string } | { paper: string }>,
): Promise<Visit> {
  if ("election" in which) {
    return visitTo((await requireElection(connection, which.election, "apply its definition first")).definition);
  }
  const questions = await requirePaper(connection, which.paper);
  return visitToPaper(
    which.paper,
    questions.map(({ definition }) => definition),
  );
}
