import type { Command } from "commander";
import { print } from "#admin/commands/command-line.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { requirePaper, standingIn } from "#admin/elections/paper.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { listElections } from "#storage/registered-elections.ts";

/** Which elections a command is about: those named, or the questions of a paper. */

export type Which = Readonly<{ election?: readonly string[]; paper?: string }>;

const PAPER = "all questions of this paper, instead";

/** For an act on one election, or on a paper. */
export function withElection(command: Command, about: string): Command {
  return command.option("--election <id>", about, (id) => [id]).option("--paper <id>", PAPER);
}

/** For an act on any number of elections, or on a paper. */
export function withElections(command: Command, about: string): Command {
  const add = (id: string, before: readonly string[] = []): readonly string[] => [...new Set([...before, id])];
  return command.option("--election <id>", `${about}; given again, another too`, add).option("--paper <id>", PAPER);
}

/** Their ids. Throws Refusal when none is named, or a paper beside them. */
export async function electionsAsked(
  connection: Connection,
  { election = [], paper }: Which,
  missing = "Name an election with --election, or a paper with --paper.",
): Promise<readonly string[]> {
  if (paper === undefined) {
    if (election.length > 0) return election;
    throw new EnglishRefusal(missing);
  }
  if (election.length > 0) throw new EnglishRefusal("Name elections, or a paper with --paper, not both.");
  return (await requirePaper(connection, paper)).map(({ definition }) => definition.electionId);
}

/** Says of the other questions of an election's paper that they are as they were. */
export async function tellOthers(
  connection: Connection,
  { electionId, paper }: ElectionDefinition,
  what: "keep their times" | "go on",
): Promise<void> {
  if (paper === undefined) return;
  const ids = standingIn(await listElections(connection), paper).map(({ definition }) => definition.electionId);
  const others = ids.filter((id) => id !== electionId);
  if (others.length > 0) print(`the other questions of paper ${paper} ${what}: ${others.join(", ")}`);
}
