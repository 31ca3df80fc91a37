import * as z from "zod";

export type Units = Readonly<{ read: number; write: number }>;
export type Consumption = Readonly<{ table: string; units: Units }>;

const INSERTIONS = "BatchExecuteStatement";

const BYTES_PER_UNIT = 1024;

const Value = z.union([z.strictObject({ S: z.string() }), z.strictObject({ B: z.base64() })]);
const InsertionRequest = z.looseObject({
  Statements: z.array(z.looseObject({ Statement: z.string(), Parameters: z.array(Value) })),
});
const InsertionAnswer = z.looseObject({
  Responses: z.array(z.looseObject({ Error: z.looseObject({ Code: z.string() }).optional() })).optional(),
});
const INSERTION = /^INSERT INTO "([^"]+)" VALUE \{(.*)\}$/s;

const bytesOf = (value: z.infer<typeof Value>): number =>
  "S" in value ? Buffer.byteLength(value.S) : Buffer.byteLength(value.B, "base64");

/**
 * PartiQL insertions, for which DynamoDB Local reports nothing: each is billed like a put, a write unit for every kilobyte begun
 * of its item (developer guide, "PartiQL for DynamoDB" and "Item sizes and formats"). A duplicate is billed by what is stored,
 * here taken to be as large as what came. Any other failure wrote nothing.
 */
function writtenByInsertions(requestText: string, answerText: string): readonly Consumption[] {
  const { Statements } = InsertionRequest.parse(JSON.parse(requestText));
  const { Responses = [] } = InsertionAnswer.parse(JSON.parse(answerText));
  return Statements.flatMap(({ Statement, Parameters }, index) => {
    const [, table, attributes] = INSERTION.exec(Statement) ?? [];
    if (table === undefined || attributes === undefined) throw new Error("a statement is no insertion");
    const code = Responses[index]?.Error?.Code;
    if (Responses[index] === undefined || (code !== undefined && code !== "DuplicateItem")) return [];
    const names = [...attributes.matchAll(/'([^']+)'/g)].map(([, name = ""]) => Buffer.byteLength(name));
    const bytes = [...names, ...Parameters.map(bytesOf)].reduce((sum, size) => sum + size, 0);
    return [{ table, units: { read: 0, write: Math.max(1, Math.ceil(bytes / BYTES_PER_UNIT)) } }];
  });
}

const WRITES = new Set(["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"]);
const READS = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);

/** A put or update that fails its condition is billed all the same, but the answer names no table and no units. */
const FAILED_CONDITION_UNITS = 1;

const Consumed = z.object({ TableName: z.string(), CapacityUnits: z.number() });
const DynamoDbAnswer = z.looseObject({
  ConsumedCapacity: z.union([Consumed.transform((one) => [one]), z.array(Consumed)]).optional(),
  __type: z.string().optional(),
});
const DynamoDbRequest = z.looseObject({ TableName: z.string().optional() });

export function consumedBy(action: string, requestText: string, answerText: string): readonly Consumption[] {
  if (action === INSERTIONS) return writtenByInsertions(requestText, answerText);
  const answer = DynamoDbAnswer.parse(JSON.parse(answerText));
  const isWrite = WRITES.has(action);
  const unitsOf = (units: number): Units => ({ read: isWrite ? 0 : units, write: isWrite ? units : 0 });
  if (answer.__type?.endsWith("ConditionalCheckFailedException") === true) {
    const { TableName = "unknown" } = DynamoDbRequest.parse(JSON.parse(requestText));
    return [{ table: TableName, units: unitsOf(FAILED_CONDITION_UNITS) }];
  }
  return (answer.ConsumedCapacity ?? []).map(({ TableName, CapacityUnits }) => ({
    table: TableName,
    units: unitsOf(CapacityUnits),
  }));
}

export function isBilled(action: string): boolean {
  return action === INSERTIONS || WRITES.has(action) || READS.has(action);
}
