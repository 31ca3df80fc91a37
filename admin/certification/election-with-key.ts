import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { Refusal } from "#core/refusal.ts";
import type { AdministeredElection } from "#storage/election-register.ts";
import { readBallotKey } from "#storage/election-secrets.ts";
import { importPrivateKey, publicKeyOf } from "#storage/x25519.ts";

/** The election and its ballot key. Throws Refusal when either is missing or they do not belong together. */
export async function electionWithKey(
  connection: Connection,
  electionId: string,
): Promise<Readonly<{ election: AdministeredElection; ballotKey: Uint8Array }>> {
  const election = await requireElection(connection, electionId);
  const ballotKey = await readBallotKey(connection, electionId);
  if (ballotKey === undefined || publicKeyOf(importPrivateKey(ballotKey)) !== election.publicKey) {
    throw new Refusal(`The ballot key of election ${electionId} is not the one its ballots are sealed to: restore it.`);
  }
  return { election, ballotKey };
}
