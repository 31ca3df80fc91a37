import * as z from "zod";
import type { Consumption } from "#load/metering/consumption.ts";

/**
 * What DynamoDB bills for a batch of PartiQL insertions: each like a put, a write unit for every kilobyte begun of its item
 * (developer guide, "PartiQL for DynamoDB" and "Item sizes and formats").
 */

const BYTES_PER_UNIT = 1024;

const Value = z.union([z.strictObject({ S: z.string() }), z.strictObject({ B: z.base64() })]);
const Request = z.looseObject({
  Statements: z.array(z.looseObject({ Statement: z.string(), Parameters: z.array(Value) })),
});
const Answer = z.looseObject({
  Responses: z.array(z.looseObject({ Error: z.looseObject({ Code: z.string() }).optional() })).optional(),
});
const INSERTION = /^INSERT INTO "([^"]+)" VALUE \{(.*)\}$/s;

const bytesOf = (value: z.infer<typeof Value>): number =>
  "S" in value ? Buffer.byteLength(value.S) : Buffer.byteLength(value.B, "base64");

/**
 * Reckons a batch. A duplicate is billed as what stands is large, which no request says; ballots are alike, so as what came.
 * Anything else that fails wrote nothing.
 * @throws Error when a statement is no insertion of texts and bytes
 */
export function writtenByInsertions(requestText: string, answerText: string): readonly Consumption[] {
  const { Statements } = Request.parse(JSON.parse(requestText));
  const { Responses = [] } = Answer.parse(JSON.parse(answerText));
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
