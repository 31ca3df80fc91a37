import { Refusal } from "#core/refusal.ts";
import {
  type AdministeredElection,
  findElection,
  findStored,
  type Register,
  type Stored,
} from "#storage/election-register.ts";

/** A registered election. Throws Refusal, with the given advice, when there is none of this id. */
export async function requireElection(
  register: Register,
  electionId: string,
  advice: "apply its definition first" | "see scrutin election list" = "see scrutin election list",
): Promise<AdministeredElection> {
  const election = await findElection(register, electionId);
  if (election === undefined) throw new Refusal(`There is no election ${electionId}: ${advice}.`);
  return election;
}

/** As requireElection, with what a change needs. */
export async function requireStored(register: Register, electionId: string): Promise<Stored> {
  const stored = await findStored(register, electionId);
  if (stored === undefined) throw new Refusal(`There is no election ${electionId}: apply its definition first.`);
  return stored;
}
