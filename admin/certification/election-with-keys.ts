import type { ReadingKeys } from "#admin/certification/interpreter.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { readBallotKey, readStampKey } from "#storage/election-secrets.ts";
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
    throw new EnglishRefusal(`The opening of election ${electionId} was never stated, so nobody could vote in it.`);
  }
  const ballotKey = await readBallotKey(connection, electionId);
  if (ballotKey === undefined || publicKeyOf(importPrivateKey(ballotKey)) !== election.publicKey) {
    throw new EnglishRefusal(
      `The ballot key of election ${electionId} is not the one its ballots are sealed to: restore it.`,
    );
  }
  const stampKey = await readStampKey(connection, electionId);
  if (stampKey === undefined)
    throw new EnglishRefusal(`The stamp key of election ${electionId} is missing: restore it.`);
  return { election: { ...election, opening }, keys: { ballotKey, stampKey } };
}
