import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { canonicalJson } from "#core/canonical-json.ts";
import type { SignedRoll } from "#core/trustees/roll/shape.ts";
import { changedMeanwhile, holds } from "#storage/election-changes.ts";
import type { ElectionItems, Stored } from "#storage/registered-elections.ts";

/**
 * Stores who signed an election's roll, before anybody is put on it: from then on neither roll nor ceremony can be another. Throws Refusal when
 * somebody else changed either since the election was read.
 */
export async function storeSignedRoll(
  { documents, electionsTable }: ElectionItems,
  { election: { definition, ceremony, signedRoll } }: Stored,
  signed: SignedRoll,
): Promise<void> {
  const { electionId } = definition;
  const isStored = await holds(() =>
    documents.send(
      new UpdateCommand({
        TableName: electionsTable,
        Key: { electionId },
        UpdateExpression: "SET signedRoll = :signed",
        ConditionExpression: `ceremony = :ceremony AND ${
          signedRoll === undefined ? "attribute_not_exists(signedRoll)" : "signedRoll = :before"
        }`,
        ExpressionAttributeValues: {
          ":signed": canonicalJson(signed),
          ":ceremony": canonicalJson(ceremony),
          ...(signedRoll !== undefined && { ":before": canonicalJson(signedRoll) }),
        },
      }),
    ),
  );
  if (!isStored) throw changedMeanwhile(electionId);
}
