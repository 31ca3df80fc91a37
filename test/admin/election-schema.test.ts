import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { electionJsonSchema } from "#admin/elections/schema.ts";
import { ElectionDefinition } from "#core/election.ts";
import { readDemo } from "#local/demo.ts";

const FOLDER = new URL("../../elections/", import.meta.url);
const editor = z.fromJSONSchema(electionJsonSchema());
const definitionFiles = (await readdir(FOLDER)).filter((name) => /^(?!.*\.schema).*\.json$/.test(name));

const demo = async (name: string): Promise<Record<string, unknown>> => {
  const json: unknown = JSON.parse(await readFile(new URL(name, FOLDER), "utf8"));
  return z.record(z.string(), z.unknown()).parse(json);
};

describe("the schema for editors", () => {
  test.each(definitionFiles)("is named by %s, which it accepts", async (name) => {
    const definition = await demo(name);
    expect(definition.$schema).toBe("./election.schema.json");
    expect(editor.safeParse(definition).error).toBeUndefined();
  });

  test.each([
    ["an unknown method", { votingMethod: "acclamation" }],
    ["a field nobody knows", { colour: "red" }],
    ["a closing time without its offset", { closesAt: "2025-01-01T00:00:00" }],
    ["an identifier with a space", { electionId: "a b" }],
    ["a title in one language", { title: { fr: "Loi" } }],
    ["no title", { title: undefined }],
    ["results at the officer's pleasure", { results: "someday" }],
    ["too small a minimum", { minimumBallots: 0 }],
  ])("refuses a definition with %s, as applying it does", async (_, fault) => {
    const definition = { ...(await demo("election-1.json")), ...fault };
    expect(ElectionDefinition.safeParse(definition).success).toBe(false);
    expect(editor.safeParse(JSON.parse(JSON.stringify(definition))).success).toBe(false);
  });

  test("accepts a number as an identifier and requires no field that has a default, as applying does", async () => {
    const { minimumBallots: _, timeZone: __, ...definition } = await demo("election-1.json");
    const numbered = { ...definition, electionId: 7 };
    expect(editor.safeParse(numbered).success).toBe(true);
    expect(ElectionDefinition.parse(numbered).electionId).toBe("7");
  });

  test("explains the fields, each in its own words", () => {
    const text = JSON.stringify(electionJsonSchema());
    expect(text).toContain("Voting is open from here, inclusive.");
    expect(text).toContain("Voting is open until here, exclusive.");
  });

  test("is not mistaken for one of the definitions in its folder", async () => {
    const definitions = await readDemo(new URL(FOLDER).pathname);
    expect(definitions).toHaveLength(definitionFiles.length);
  });
});
