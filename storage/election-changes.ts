import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";

import type { ElectionDefinition } from "#core/election.ts";

import type { Recorded } from "#core/recorded-words.ts";
import { Refusal } from "#core/refusal.ts";

import { definitionText, inParts, type StoredText, storedText } from "#storage/definition-parts.ts";

import type { Attributes, ElectionItems, Register, StateChange, Stored } from "#storage/registered-elections.ts";
/** Records changes of a registered election: each holds only if nobody else changed it since it was read. */

/** Runs a conditional write; false when its condition does not hold. */
export async function holds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Stores the parts of a long text before an election names them. Answers what the election holds. */
async function store(
  { documents, electionsTable: TableName }: ElectionItems,
  { attribute, parts }: StoredText,
): Promise<string> {
  for (const [electionId, part] of parts) {
    await documents.send(new PutCommand({ TableName, Item: { electionId, part } }));
  }
  return attribute;
}

export const storeDefinition = (register: ElectionItems, definition: ElectionDefinition): Promise<string> =>
  store(register, storedText(definition.electionId, definitionText(definition)));

/** Two people cannot change an election at once. */
export const changedMeanwhile = (electionId: string): Refusal =>
  new Refusal(
    `Somebody else changed election ${electionId} at the same moment: look at it and try again.`,
    `Quelqu’un d’autre a modifié l’élection ${electionId} au même moment\u00a0: regardez-la et recommencez.`,
  );

/** The record of a change. */
export function stateChange(
  what: Recorded,
  { who, atMs }: Readonly<{ who: string; atMs: number }>,
): StateChange & Readonly<{ what: Recorded }> {
  return { at: new Date(atMs).toISOString(), what, who };
}

/**
 * Stores a change and the resulting definition. Throws Refusal when the election has changed since it was read.
 */
export async function recordChange(
  register: Register,
  { election, attributes }: Stored,
  change: StateChange,
  after: ElectionDefinition = election.definition,
): Promise<void> {
  const { documents, electionsTable } = register;
  const { electionId } = election.definition;
  const afterwards = after === election.definition ? attributes.definition : await storeDefinition(register, after);
  const written = await holds(() =>
    documents.send(
      new UpdateCommand({
        TableName: electionsTable,
        Key: { electionId },
        UpdateExpression:
          "SET #definition = :after, stateChanges = list_append(if_not_exists(stateChanges, :none), :change)",
        ConditionExpression:
          "#definition = :before AND (attribute_not_exists(stateChanges) OR size(stateChanges) = :known)",
        // A reserved word of DynamoDB.
        ExpressionAttributeNames: { "#definition": "definition" },
        ExpressionAttributeValues: {
          ":after": afterwards,
          ":before": attributes.definition,
          ":known": election.stateChanges.length,
          ":none": [],
          ":change": [change],
        },
      }),
    ),
  );
  if (written) return;
  throw changedMeanwhile(electionId);
}

/**
 * Stores what was stated of an election, with the definition that follows from it; false when either has changed since it was
 * read, or, for the opening itself, when an import of the roll has begun.
 * @param ended imports of the roll that are no longer under way
 */
export async function recordStated(
  register: ElectionItems,
  { election: { definition: before }, attributes, importsBegun }: Stored,
  { opening, changes, definition }: Readonly<{ opening: string; changes: string; definition: ElectionDefinition }>,
  change: StateChange,
  ended: readonly string[] = [],
): Promise<boolean> {
  const { documents, electionsTable } = register;
  const { electionId } = before;
  const noImport = [
    "attribute_not_exists(rollImports)",
    importsBegun === undefined ? "attribute_not_exists(importsBegun)" : "importsBegun = :importsBegun",
  ];
  const isFirst = attributes.opening === undefined;
  const named = {
    definition: definition === before ? attributes.definition : await storeDefinition(register, definition),
    opening: await store(register, inParts(electionId, opening)),
    openingChanges: await store(register, inParts(electionId, changes)),
  };
  const isAsBefore = (name: keyof Attributes): string =>
    attributes[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}Before`;
  const standing = Object.entries(attributes).filter(([, attribute]) => attribute !== undefined);
  return holds(() =>
    documents.send(
      new UpdateCommand({
        TableName: electionsTable,
        Key: { electionId },
        UpdateExpression: `SET #definition = :definition, #opening = :opening, #openingChanges = :openingChanges, stateChanges = list_append(if_not_exists(stateChanges, :none), :change)${ended.length > 0 ? " DELETE rollImports :ended" : ""}`,
        ConditionExpression: [
          ...(["definition", "opening", "openingChanges"] as const).map(isAsBefore),
          ...(isFirst ? noImport : []),
        ].join(" AND "),
        ExpressionAttributeNames: Object.fromEntries(Object.keys(named).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(named).map(([name, attribute]) => [`:${name}`, attribute])),
          ...Object.fromEntries(standing.map(([name, attribute]) => [`:${name}Before`, attribute])),
          ...(isFirst && importsBegun !== undefined && { ":importsBegun": importsBegun }),
          ...(ended.length > 0 && { ":ended": new Set(ended) }),
          ":none": [],
          ":change": [change],
        },
      }),
    ),
  );
}
