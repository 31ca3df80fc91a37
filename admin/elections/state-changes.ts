import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import type { Recorded } from "#core/recorded-words.ts";
import type { AdministeredElection, StateChange } from "#storage/registered-elections.ts";

/** What is recorded of an election after its closing. */

const CERTIFIED = "certified";
const SHREDDED = "pepper destroyed" satisfies Recorded;

export const certifiedAs = (merkleRoot: string): Recorded => `${CERTIFIED}, Merkle root ${merkleRoot}`;
/** @param sha256 of `box.json` */
export const boxSealed = (sha256: string): Recorded => `box sealed, SHA-256 ${sha256}`;
export const shredded = (): Recorded => SHREDDED;

export const isCertification = ({ what }: StateChange): boolean => what.startsWith(CERTIFIED);

export function isCertified({ stateChanges }: AdministeredElection): boolean {
  return stateChanges.some(isCertification);
}

export function isShredded({ stateChanges }: AdministeredElection): boolean {
  return stateChanges.some(({ what }) => what === SHREDDED);
}

/** Appends to the record of an election. */
export async function recordStateChange(
  { documents, electionsTable }: Connection,
  electionId: string,
  change: StateChange & Readonly<{ what: Recorded }>,
): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: electionsTable,
      Key: { electionId },
      UpdateExpression: "SET stateChanges = list_append(if_not_exists(stateChanges, :none), :change)",
      ConditionExpression: "attribute_exists(electionId)",
      ExpressionAttributeValues: { ":none": [], ":change": [change] },
    }),
  );
}
