import { createSecretKey } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "vitest";
import { canonicalText } from "#core/canonical-json.ts";
import { inBatches } from "#storage/ballot-insertion.ts";
import { ensureStampKey, readStampKey } from "#storage/election-secrets.ts";
import { ensureSigningKey } from "#storage/signing-key.ts";
import type { Office } from "#test/admin/office.ts";
import { castAll, type Meeting, prepare } from "#test/admin/trustees/sealed.ts";

/** Election E1 as the tables of an office have it once it has closed, every voter's ballot included. No tally counted them. */
export async function storedElection(
  { connection }: Office,
  voters: Readonly<Record<string, number>>,
): Promise<Meeting> {
  await ensureStampKey(connection, "E1");
  const stamp = createSecretKey((await readStampKey(connection, "E1")) ?? new Uint8Array());
  const signing = await ensureSigningKey(connection, "E1");
  const meeting = await prepare({ trustees: 3, threshold: 2, mixes: 2, voters, keys: { stamp, signing } });
  const { definition, ceremony, opening } = meeting;
  await connection.documents.send(
    new PutCommand({
      TableName: connection.electionsTable,
      Item: {
        ...{ electionId: "E1", definition: JSON.stringify(definition), publicKey: ceremony.publicKey },
        ...{ opening: canonicalText(opening), ceremony: canonicalText(ceremony) },
      },
    }),
  );
  const stored = castAll(meeting).map((ballot) => ({ ...ballot, signature: ballot.signature ?? new Uint8Array() }));
  const written = await inBatches(connection.dynamodb, connection.votesTable)(stored);
  expect(new Set(written)).toEqual(new Set(["inserted"]));
  return meeting;
}
