import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { PARAMETERS } from "#infra/parameters.ts";
import definitionSchema from "../../elections/election.schema.json" with { type: "json" };

/** Parameters that operators' documents name, such as `expectedVotesPerSecond`, exist. */

const DOCS = new URL("../../docs/", import.meta.url);
/** What an operator reads with a stage's file open. */
const OPERATORS = ["runbook.md", "deploy.md", "configuration.md", "endpoint.md", "office.md"];

/** Words in camel case that are no parameter of a stage, and what they are. */
const OTHERS: Readonly<Record<string, string>> = {
  castAt: "a field of queued messages",
  apiRequestsPerSecond: "a field of accountQuotas",
  lambdaConcurrency: "a field of accountQuotas",
  tableWriteUnits: "a field of accountQuotas",
};

/** Every field of a definition, however deep. */
function fieldsOf(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own =
    "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(fieldsOf)];
}

/** Words in code spans that look like a parameter. */
const namesIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/`"?([a-z]+(?:[A-Z][a-z0-9]*)+)"?(?:: [^`]*)?`/g)].map(([, name = ""]) => name);

test.each(OPERATORS)("docs/%s names only parameters that a stage has", async (file) => {
  const known = new Set([...Object.keys(PARAMETERS), ...Object.keys(OTHERS), ...fieldsOf(definitionSchema)]);
  const named = namesIn(await readFile(new URL(file, DOCS), "utf8"));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test("parameters are found in documents, and each exception is needed", async () => {
  const all = (await Promise.all(OPERATORS.map((file) => readFile(new URL(file, DOCS), "utf8")))).flatMap(namesIn);
  expect(all).toContain("expectedVotesPerSecond");
  expect(Object.keys(OTHERS).filter((name) => !all.includes(name))).toEqual([]);
});
