import { createHmac, randomUUID } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import type { RollSource } from "#admin/roll/source.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { refuseUnderWay } from "#storage/imports-under-way.ts";
import type { AdministeredElection, Stored } from "#storage/registered-elections.ts";

/**
 * Imports of a roll that are under way, marked in their election before the first row is written. A mark goes together with the
 * statement of the roll, so one that was killed leaves its mark, and everybody sees that the roll may not be the one stated.
 */

/**
 * What marks of imports of a file begin with, whoever imports it, so that importing it again ends the import that was killed. Two files
 * with the same people and other codes have one size, and perhaps one name. The digest is keyed: a file of one voter could be guessed.
 */
export async function markNameOf(
  source: Pick<RollSource, "name" | "bytes" | "sha256">,
  pepper: Uint8Array,
): Promise<string> {
  const digest = createHmac("sha256", pepper).update(`scrutin/v2/import-mark\n${await source.sha256()}`);
  return `${source.name} (${grouped(source.bytes)} bytes, ${digest.digest("hex").slice(0, DIGITS)}), begun `;
}

const DIGITS = 16;

/**
 * Marks an import. From now on somebody may be on the roll: later imports must read it. Throws Refusal when another began since the
 * election was read: what it put on the roll was not checked against.
 */
export async function markBegun(
  { documents, electionsTable }: Connection,
  { election: { definition }, importsBegun }: Stored,
  { name, who, atMs }: Readonly<{ name: string; who: string; atMs: number }>,
): Promise<void> {
  const { electionId } = definition;
  const isFirst = importsBegun === undefined;
  try {
    await documents.send(
      new UpdateCommand({
        TableName: electionsTable,
        Key: { electionId },
        UpdateExpression:
          "SET rollCounts = if_not_exists(rollCounts, :nobody) ADD rollImports :mark, importsBegun :one",
        ConditionExpression: `attribute_exists(electionId) AND ${
          isFirst ? "attribute_not_exists(importsBegun)" : "importsBegun = :known"
        }`,
        ExpressionAttributeValues: {
          ":nobody": Object.fromEntries(contestRegionIds(definition).map((regionId) => [regionId, 0])),
          ":mark": new Set([`${name}${new Date(atMs).toISOString()} by ${who}`]),
          ":one": 1,
          ...(!isFirst && { ":known": importsBegun }),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new Refusal(
      `Another import into the roll of election ${electionId} began while this file was checked: wait until it has ended, and import the file again.`,
      `Une autre importation dans la liste de l’élection ${electionId} a commencé pendant la vérification de ce fichier\u00a0: attendez qu’elle soit terminée, puis importez-le de nouveau.`,
    );
  }
}

/** Marks another change of the roll, which is signed at its end. Returns which marks it ends: its own. */
export async function markChange(
  { documents, electionsTable }: Connection,
  { electionId }: ElectionDefinition,
  { what, who, atMs }: Readonly<{ what: string; who: string; atMs: number }>,
): Promise<(marks: readonly string[]) => readonly string[]> {
  const own = `${what}, begun ${new Date(atMs).toISOString()} by ${who} (${randomUUID()})`;
  await documents.send(
    new UpdateCommand({
      TableName: electionsTable,
      Key: { electionId },
      UpdateExpression: "ADD rollImports :mark, importsBegun :one",
      ConditionExpression: "attribute_exists(electionId)",
      ExpressionAttributeValues: { ":mark": new Set([own]), ":one": 1 },
    }),
  );
  return (marks) => marks.filter((mark) => mark === own);
}

/**
 * Throws Refusal while another file is imported: two could put one person on the roll with two codes. The same file names the same
 * persons, so it may be imported again.
 * @param name as markNameOf says it
 */
export function refuseOthers(
  { definition, rollImports }: Pick<AdministeredElection, "definition" | "rollImports">,
  name: string,
): void {
  const others = rollImports.filter((mark) => !mark.startsWith(name));
  refuseUnderWay({ definition, rollImports: others });
}

/** The marks that an import of this file ends: its own, and those of imports of it that were killed. */
export function marksOf(name: string): (marks: readonly string[]) => readonly string[] {
  return (marks) => marks.filter((mark) => mark.startsWith(name));
}

/** Removes marks. False when the opening was stated, or not, against what is expected. */
export async function removeMarks(
  { documents, electionsTable }: Connection,
  electionId: string,
  marks: readonly string[],
  isStated: boolean,
): Promise<boolean> {
  if (marks.length === 0) return true;
  try {
    await documents.send(
      new UpdateCommand({
        TableName: electionsTable,
        Key: { electionId },
        UpdateExpression: "DELETE rollImports :marks",
        ConditionExpression: isStated ? "attribute_exists(opening)" : "attribute_not_exists(opening)",
        ExpressionAttributeValues: { ":marks": new Set(marks) },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
