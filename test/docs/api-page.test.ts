import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "#core/language.ts";
import { EXAMPLES } from "#functions/docs/examples.ts";
import { IN_FRENCH } from "#functions/docs/french.ts";
import openapi from "#functions/docs/openapi.json" with { type: "json" };
import { docsPages } from "#functions/docs/page.ts";
import { isOfProblems } from "#functions/docs/page-words.ts";

const { html } = docsPages(openapi);

/** All texts of the document that are for people. */
function describedIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(describedIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    (key === "description" || key === "summary") && typeof child === "string" ? [child] : describedIn(child),
  );
}

type Answer = Readonly<{ example?: unknown; schema: object }>;
type Operation = Readonly<{
  operationId: string;
  responses: Readonly<Record<string, { content: Readonly<Record<string, Answer>> }>>;
}>;
const operations = Object.values(openapi.paths).flatMap((methods) =>
  Object.values(methods as unknown as Record<string, Operation>),
);

describe("the example of an answer", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(openapi, "openapi");

  test.each(operations.map((operation) => [operation.operationId, operation] as const))(
    "of %s fits its schema",
    (operationId, { responses }) => {
      const [status, content] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? [];
      const answer = content?.content["application/json"];
      expect(answer?.example, `${status}`).toEqual(EXAMPLES[operationId as keyof typeof EXAMPLES]);
      const schema = JSON.parse(JSON.stringify(answer?.schema).replaceAll('"#/', '"openapi#/'));
      const fits = ajv.compile(schema);
      expect(fits(answer?.example), JSON.stringify(fits.errors?.slice(0, 2))).toBe(true);
    },
  );
});

test("French says what the document says, and nothing that it no longer says", () => {
  const english = new Set(describedIn(openapi).filter((text) => !isOfProblems(text)));
  expect(new Set(Object.keys(IN_FRENCH))).toEqual(english);
});

describe.each(LANGUAGES)("the page in %s", (language) => {
  const page = html[language];
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);

  test("says in which language it is, and leads to the other", () => {
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(`href="${language === "en" ? "/api/v1/docs/fr" : "/api/v1/docs"}"`);
  });

  test("has a table of contents, and no address on it leads nowhere", () => {
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links).toEqual(expect.arrayContaining(operations.map(({ operationId }) => operationId)));
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });
});
