import type { ElectionDefinition } from "#core/election.ts";
import { applyElections } from "#storage/election-register.ts";
import { listElections } from "#storage/registered-elections.ts";
import type { Office } from "#test/admin/office.ts";
import { paperOfThree } from "#test/definitions.ts";

/** A paper of three questions, and who may vote in them. */

export const WHO = { who: "Ada" };
export const HEADER = "nas,code,region_id\n";
export const VOTERS = "111111111,ABC111,1\n222222222,ABC222,2\n";

/** The three questions of a paper of this name. */
export const questions = (paper: string): readonly ElectionDefinition[] =>
  paperOfThree({ paper }).map((definition) => ({
    ...definition,
    electionId: definition.electionId.replace("P1", paper),
  }));

export const registeredIn = async ({ connection }: Office, paper: string) =>
  (await listElections(connection)).filter(({ definition }) => definition.paper === paper);

/** Registers a paper and answers its elections' ids: of a bylaw, a council and a mayor. */
export async function paperIn(office: Office, name: string): Promise<readonly string[]> {
  await applyElections(office.connection, questions(name), WHO);
  return (await registeredIn(office, name)).map(({ definition }) => definition.electionId);
}
