import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { textsNamedBy } from "#storage/biographies.ts";
import { PART_BYTES, sha256Hex } from "#storage/definition-parts.ts";
import { inFlight } from "#storage/in-flight.ts";

/** The table of biographies: each text compressed, in as many items as it needs. */

const textKey = (electionId: string, sha256: string): string => `${electionId}#${sha256}`;

/** Parts of a text sort by their number. */
const partName = (index: number): string => String(index).padStart(3, "0");

const AT_ONCE = 16;

/**
 * Stores the texts that a definition names. Safe to repeat.
 * @param stored the texts that are stored already, by their SHA-256
 * @throws Refusal when one is missing, or is another than the definition names
 */
export async function storeBiographies(
  { documents, biographiesTable }: Readonly<{ documents: DynamoDBDocumentClient; biographiesTable: string }>,
  definition: ElectionDefinition,
  texts: AsyncIterable<string> | Iterable<string>,
  stored: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { electionId } = definition;
  const named = textsNamedBy(definition);
  const awaited = new Set([...named].filter((sha256) => !stored.has(sha256)));
  if (awaited.size === 0) return;
  await inFlight(texts, AT_ONCE, async (text) => {
    const sha256 = sha256Hex(text);
    if (!named.has(sha256)) {
      throw new Refusal(
        `Election ${electionId}: these are not its definition's biographies.`,
        `Élection ${electionId}\u00a0: ces biographies ne sont pas celles de sa définition.`,
      );
    }
    if (!awaited.delete(sha256)) return;
    const packed = await promisify(gzip)(text);
    for (let index = 0; index * PART_BYTES < packed.length; index++) {
      const bytes = new Uint8Array(packed.subarray(index * PART_BYTES, (index + 1) * PART_BYTES));
      const Item = { text: textKey(electionId, sha256), part: partName(index), bytes };
      await documents.send(new PutCommand({ TableName: biographiesTable, Item }));
    }
  });
  if (awaited.size > 0) {
    throw new Refusal(
      `Election ${electionId}: ${awaited.size} texts of its biographies are missing.`,
      `Élection ${electionId}\u00a0: il manque des biographies (${awaited.size} textes).`,
    );
  }
}

const RESTORE = {
  en: "restore the table biographies from a backup (docs/runbook.md)",
  fr: "faites restaurer la table biographies à partir d’une sauvegarde (docs/runbook.md)",
};

/** A text of an election by its SHA-256. Throws Refusal when it is missing, or not what was stored. */
export type BiographyTexts = (electionId: string, sha256: string) => Promise<string>;

export function biographyTexts(client: DynamoDBClient, tableName: string): BiographyTexts {
  return async (electionId, sha256) => {
    const parts: Uint8Array[] = [];
    const asked = {
      TableName: tableName,
      KeyConditionExpression: "#text = :text",
      ExpressionAttributeNames: { "#text": "text" },
      ExpressionAttributeValues: { ":text": { S: textKey(electionId, sha256) } },
    };
    for await (const { Items = [] } of paginateQuery({ client }, asked)) {
      parts.push(...Items.flatMap(({ bytes }) => bytes?.B ?? []));
    }
    if (parts.length === 0) {
      throw new Refusal(
        `Biographies of election ${electionId} are missing: ${RESTORE.en}.`,
        `Des biographies de l’élection ${electionId} manquent\u00a0: ${RESTORE.fr}.`,
      );
    }
    const text = (await promisify(gunzip)(Buffer.concat(parts))).toString("utf8");
    if (sha256Hex(text) === sha256) return text;
    throw new Refusal(
      `Biographies of election ${electionId} are not what was stored: ${RESTORE.en}.`,
      `Des biographies de l’élection ${electionId} ne sont plus celles qui ont été gardées\u00a0: ${RESTORE.fr}.`,
    );
  };
}
