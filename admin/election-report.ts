import type { AdministeredElection } from "#admin/elections.ts";
import { layOut } from "#admin/text-table.ts";
import { phaseAt } from "#core/contest.ts";

const HEADER = ["ID", "METHOD", "STATUS", "OPENS", "CLOSES", "ON ROLL", "TITLE"];

/** Voters on the roll of all regions, as of the last import. */
function onRoll({ rollCounts }: AdministeredElection): number {
  return Object.values(rollCounts).reduce((sum, count) => sum + count, 0);
}

/** A table of elections and where each stands at an instant. */
export function formatElections(elections: readonly AdministeredElection[], atMs: number): string {
  if (elections.length === 0) return "No election is registered: apply a definition with scrutin election apply FILE.";
  const rows = elections.map((election) => {
    const { electionId, votingMethod, opensAt, closesAt, title } = election.definition;
    const voters = onRoll(election).toLocaleString("en-CA");
    return [electionId, votingMethod, phaseAt(election.definition, atMs), opensAt, closesAt, voters, title.en];
  });
  return layOut(
    [HEADER, ...rows],
    HEADER.map((name) => ({ align: name === "ON ROLL" ? "right" : "left" })),
  );
}
