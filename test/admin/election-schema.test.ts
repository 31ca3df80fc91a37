import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { electionJsonSchema } from "#admin/elections/schema.ts";
import { ElectionDefinition } from "#core/election.ts";
import { withTimesFrom } from "#core/relative-times.ts";
import { readDemo } from "#local/demo.ts";

const FOLDER = new URL("../../elections/", import.meta.url);
const editor = z.fromJSONSchema(electionJsonSchema());
const definitionFiles = (await readdir(FOLDER)).filter((name) => /^(?!.*\.schema).*\.json$/.test(name));

const Fields = z.record(z.string(), z.unknown());
const written = async (name: string): Promise<Record<string, unknown>> =>
  Fields.parse(JSON.parse(await readFile(new URL(name, FOLDER), "utf8")));
/** As of today. */
const demo = async (name: string): Promise<Record<string, unknown>> =>
  Fields.parse(withTimesFrom(await written(name), Date.now()));

/** What the schema says of a law's opening. */
const helpForOpening = (): unknown =>
  z
    .looseObject({
      $defs: z.looseObject({
        ElectionDefinition: z.looseObject({
          oneOf: z.array(
            z.looseObject({ properties: z.looseObject({ opensAt: z.looseObject({ description: z.string() }) }) }),
          ),
        }),
      }),
    })
    .parse(electionJsonSchema()).$defs.ElectionDefinition.oneOf[0]?.properties.opensAt.description;

describe("the schema for editors", () => {
  test.each(definitionFiles)("is named by %s, which it accepts", async (name) => {
    const definition = await written(name);
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

  test.each(["start", "start-90m", "start+2h", "start-1d 08:00"])(
    "accepts %s, and says who reads it",
    async (opensAt) => {
      expect(editor.safeParse({ ...(await demo("election-1.json")), opensAt }).error).toBeUndefined();
      expect(helpForOpening()).toContain("Only npm start also takes a time that counts from it");
    },
  );

  test("is not mistaken for one of the definitions in its folder", async () => {
    const definitions = await readDemo(new URL(FOLDER).pathname, Date.now());
    expect(definitions).toHaveLength(definitionFiles.length);
  });
});
