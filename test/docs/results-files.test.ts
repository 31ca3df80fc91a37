import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ElectionResults, LawResults, TurnoutOverTime } from "#functions/results/contract.ts";
import { COLUMNS, FIGURES } from "#published/columns.ts";
import { resultsCsv } from "#published/files.ts";
import { law } from "#test/definitions.ts";
import { lawCount, publicly } from "#test/published/examples.ts";

const page = readFileSync(new URL("../../docs/results-files.md", import.meta.url), "utf8");

/** The rows of a heading's first table, or of that whose first column is named so. */
function table(heading: string, firstColumn: string): readonly (readonly string[])[] {
  const section = page.slice(page.indexOf(`${heading}\n`));
  const rows = section.slice(section.indexOf(`| ${firstColumn} |`)).split("\n");
  const end = rows.findIndex((row) => !row.startsWith("|"));
  return rows.slice(2, end).map((row) =>
    row
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
}
const named = ([name = ""]: readonly string[]): string => name.replaceAll("`", "");

/** As far as the contract's schemas use JSON Schema. */
type Schema = Readonly<{
  $ref?: string;
  $defs?: Readonly<Record<string, Schema>>;
  anyOf?: readonly Schema[];
  type?: string | readonly string[];
  format?: string;
  enum?: readonly string[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
}>;
type Field = Readonly<{ field: string; type: string; oneOf: readonly string[] }>;

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole",
  number: "number",
  array: "list",
  object: "object",
};

/** Every field of a schema by its path; an object only where it may be null. */
function fieldsOf(schema: Schema, definitions: Schema["$defs"], field = ""): readonly Field[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
    return fieldsOf(definitions?.[name] ?? {}, definitions, field);
  }
  const alternatives = schema.anyOf ?? [schema];
  const one = alternatives.find(({ type }) => type !== "null") ?? {};
  const types = [one.$ref === undefined ? (one.type ?? []) : "object"].flat();
  const orNull = alternatives.length > 1 || types.length > 1 ? " or null" : "";
  const inside = [
    ...(one.$ref === undefined ? [] : fieldsOf(one, definitions, field)),
    ...(one.items === undefined ? [] : fieldsOf(one.items, definitions, `${field}[]`)),
    ...Object.entries(one.properties ?? {}).flatMap(([name, value]) =>
      fieldsOf(value, definitions, field === "" ? name : `${field}.${name}`),
    ),
  ];
  const [type = ""] = types;
  if (type === "object" && orNull === "") return inside;
  const own = one.format === "date-time" ? "time" : (TYPES[type] ?? type);
  return [{ field, type: `${own}${orNull}`, oneOf: one.enum ?? [] }, ...inside];
}

const fieldsIn = (schema: z.ZodType): readonly Field[] => {
  const json = z.toJSONSchema(schema, { io: "output" }) as Schema;
  return fieldsOf(json, json.$defs);
};

describe("the page on results as files", () => {
  test("explains every column of the CSV, in its order", () => {
    const [header = ""] = resultsCsv([{ election: publicly(law()), results: lawCount, turnout: undefined }], "en")
      .slice(1)
      .split("\r\n");
    expect(table("## CSV", "column").map(named)).toEqual(header.split(","));
  });

  test("explains every figure in its rows", () => {
    expect(table("## CSV", "figure").map(named)).toEqual([...FIGURES]);
  });

  const everywhere = table("### Fields of every result", "field");
  test.each([
    ["a law", LawResults, [...everywhere, ...table("### Fields of a law", "field")]],
    ["an election", ElectionResults, [...everywhere, ...table("### Fields of an election", "field")]],
    ["the turnout over time", TurnoutOverTime, table("### Fields of the turnout over time", "field")],
  ])("explains every field of %s, with its type and its values", (_, schema, rows) => {
    const fields = fieldsIn(schema);
    const byName = (one: readonly string[], other: readonly string[]) => (String(one) < String(other) ? -1 : 1);
    expect(rows.map((row) => [named(row), row[1] ?? ""]).toSorted(byName)).toEqual(
      fields.map(({ field, type }) => [field, type]).toSorted(byName),
    );
    for (const { field, oneOf } of fields) {
      const [, , meaning = ""] = rows.find((row) => named(row) === field) ?? [];
      for (const value of oneOf) expect(meaning, field).toContain(`\`${value}\``);
    }
  });
});

test("columns of the CSV stay where they are: new ones come after the last", () => {
  const published =
    "election_id,title,contest_region,status,withheld,updated_at,figure,region,round,until,id,name,party,count,percentage";
  expect(COLUMNS.join(",").startsWith(published)).toBe(true);
});
