import type { ReadingKeys } from "#admin/certification/interpreter.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { Refusal } from "#core/refusal.ts";
import { ballotKeyLost, readBallotKey, readStampKey, stampKeyLost } from "#storage/election-secrets.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";
import type { StatedOpening } from "#storage/stated-opening.ts";
import { importPrivateKey, publicKeyOf } from "#storage/x25519.ts";

/** An election that people could vote in. */
export type VotedElection = AdministeredElection & Readonly<{ opening: StatedOpening }>;

/** The election and its keys. Throws Refusal when nobody could vote in it, it was cancelled, or any is missing or they do not belong together. */
export async function electionWithKeys(
  connection: Connection,
  electionId: string,
): Promise<Readonly<{ election: VotedElection; keys: ReadingKeys }>> {
  const { opening, ...election } = await requireElection(connection, electionId);
  refuseCancelled(election.definition);
  if (opening === undefined) {
    throw new Refusal(
      `The opening of election ${electionId} was never stated, so nobody could vote in it.`,
      `L’énoncé d’ouverture de l’élection ${electionId} n’a jamais été fait\u00a0: personne n’a pu voter.`,
    );
  }
  const ballotKey = await readBallotKey(connection, electionId);
  if (ballotKey === undefined || publicKeyOf(importPrivateKey(ballotKey)) !== election.publicKey) {
    throw ballotKeyLost(electionId);
  }
  const stampKey = await readStampKey(connection, electionId);
  if (stampKey === undefined) throw stampKeyLost(electionId);
  return { election: { ...election, opening }, keys: { ballotKey, stampKey } };
}
