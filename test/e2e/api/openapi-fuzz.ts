import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import * as z from "zod";

/** Requests generated from the API's own document, and checks of answers against it. */

type Schema = Readonly<{
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  enum?: readonly unknown[] | undefined;
  const?: unknown;
  anyOf?: readonly Schema[] | undefined;
  oneOf?: readonly Schema[] | undefined;
  items?: Schema | undefined;
  maxItems?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  properties?: Readonly<Record<string, Schema>> | undefined;
  required?: readonly string[] | undefined;
}>;
const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    anyOf: z.array(Schema).optional(),
    oneOf: z.array(Schema).optional(),
    items: Schema.optional(),
    maxItems: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    properties: z.record(z.string(), Schema).optional(),
    required: z.array(z.string()).optional(),
  }),
);
const Content = z.record(
  z.string(),
  z.object({ schema: Schema, example: z.record(z.string(), z.unknown()).optional() }),
);
const OpenApi = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ in: z.enum(["path", "header", "query"]), name: z.string() })).default([]),
        requestBody: z.object({ content: Content }).optional(),
        responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.object({ schema: Schema })) })),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});
type OpenApi = z.infer<typeof OpenApi>;

export type Request = Readonly<{
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}>;

/** One operation in the document. */
export type Operation = Readonly<{
  title: string;
  requests: fc.Arbitrary<Request>;
  /** How an answer contradicts the document; undefined when it does not. */
  faultOf(status: number, contentType: string, text: string): string | undefined;
}>;

/** Values that mean something to the API, by field or parameter; few, so that they often match each other. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

const ODD_TEXTS = [
  "",
  " ",
  "0",
  "-1",
  "null",
  "__proto__",
  "constructor",
  "toString",
  "'; DROP TABLE votes",
  "../../etc/passwd",
  "%00",
  "\u0000",
  "\u202e",
  "é".repeat(50),
  "😀",
  "#1",
  "1#all",
  "x".repeat(300),
  "x".repeat(2_100),
];
const oddText = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: "binary", maxLength: 60 }));
const oddValue = fc.oneof(
  oddText,
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, [], {}, [[]], ["1", "1"], { __proto__: null }),
  fc.jsonValue({ maxDepth: 6 }),
);

/** Values that fit a schema or nearly do; known values stand in for rules that no schema expresses. */
function valuesOf(schema: Schema, name: string, known: KnownValues, schemas: OpenApi["components"]["schemas"]) {
  const build = (part: Schema, field: string): fc.Arbitrary<unknown> => {
    if (part.$ref !== undefined) return build(schemas[part.$ref.slice(part.$ref.lastIndexOf("/") + 1)] ?? {}, field);
    if (part.const !== undefined) return fc.constant(part.const);
    if (part.enum !== undefined) return fc.constantFrom(...part.enum);
    const fitting = known[field];
    const generated = generate(part, field);
    return fitting === undefined
      ? generated
      : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...fitting) }, generated);
  };
  const generate = (part: Schema, field: string): fc.Arbitrary<unknown> => {
    const alternatives = part.anyOf ?? part.oneOf;
    if (alternatives !== undefined) return fc.oneof(...alternatives.map((option) => generate(option, field)));
    switch (part.type) {
      case "string":
        return fc.string({ minLength: part.minLength ?? 0, maxLength: Math.min(part.maxLength ?? 80, 400) });
      case "integer":
        return fc.maxSafeNat();
      case "boolean":
        return fc.boolean();
      case "array":
        return fc.array(build(part.items ?? {}, field), { maxLength: Math.min(part.maxItems ?? 10, 60) });
      case "object": {
        const fields = Object.entries(part.properties ?? {}).map(([key, value]) => [key, build(value, key)]);
        const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields);
        return fc.record(model, { requiredKeys: [...(part.required ?? [])] });
      }
      default:
        return oddValue;
    }
  };
  return build(schema, name);
}

/** The document's own example, with known voters put in. */
function exampleOf(example: Readonly<Record<string, unknown>>, known: KnownValues): fc.Arbitrary<unknown> {
  const credentials = ["nas", "code"].filter((name) => name in example);
  const values = fc.tuple(...credentials.map((name) => fc.constantFrom(...(known[name] ?? []))));
  return values.map((drawn) => ({
    ...example,
    ...Object.fromEntries(credentials.map((name, index) => [name, drawn[index]])),
  }));
}

/** A body as a careless or hostile client might change it. */
function mutated(body: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const fitting = body.map((value) => JSON.stringify(value));
  const changed = fc.tuple(body, fc.nat(), oddText, oddValue).map(([value, at, key, odd]) => {
    const fields = Object.entries(value ?? {});
    const kept = fields.filter((_, index) => index !== at % (fields.length + 1));
    const [replaced] = fields[at % Math.max(1, fields.length)] ?? ["field"];
    return JSON.stringify(Object.fromEntries([...kept, at % 2 === 0 ? [replaced, odd] : [key, odd]]));
  });
  const cut = fc.tuple(fitting, fc.nat()).map(([text, at]) => text.slice(0, at % text.length));
  const doubled = fitting.map((text) => text.replace("{", `{"nas":"1",`));
  const nested = fc.nat({ max: 3_000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth));
  const large = fc.integer({ min: 15_000, max: 40_000 }).map((length) => JSON.stringify({ nas: "9".repeat(length) }));
  return fc.oneof(
    { weight: 10, arbitrary: fitting },
    { weight: 8, arbitrary: changed },
    { weight: 2, arbitrary: cut },
    doubled,
    nested,
    large,
    oddValue.map((value) => JSON.stringify(value) ?? ""),
    oddText,
  );
}

const asciiText = fc.string({ unit: "grapheme-ascii", maxLength: 60 }).map((text) => text.trim());
const language = fc.oneof(fc.constantFrom("fr", "en", "fr-CA,en;q=0.5", "*", "de"), asciiText);
const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant("application/json") },
  fc.constantFrom(
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "image/png",
    "",
  ),
);

function requestsOf(document: OpenApi, method: string, path: string, known: KnownValues): fc.Arbitrary<Request> {
  const { parameters = [], requestBody } = document.paths[path]?.[method] ?? {};
  const valueFor = (name: string): fc.Arbitrary<string> => {
    const fitting = known[name] ?? [];
    return fitting.length === 0 ? oddText : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...fitting) }, oddText);
  };
  // URLs are normalised before they are sent, so an empty segment or dots would make another path.
  const pathValue = (name: string) => valueFor(name).filter((value) => !["", ".", ".."].includes(value));
  const inPath = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
  const inHeader = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
  const { schema, example = {} } = requestBody?.content["application/json"] ?? {};
  return fc
    .record({
      values: fc.tuple(...inPath.map(pathValue)),
      query: fc.option(fc.webQueryParameters(), { nil: undefined }),
      headers: fc.record(Object.fromEntries(inHeader.map((name) => [name, asciiText])), { requiredKeys: [] }),
      language,
      contentType,
      body:
        schema === undefined
          ? fc.constant(undefined)
          : mutated(fc.oneof(exampleOf(example, known), valuesOf(schema, "", known, document.components.schemas))),
    })
    .map((drawn) => {
      const filled = inPath.reduce(
        (address, name, index) =>
          address.replace(`{${name}}`, encodeURIComponent((drawn.values[index] ?? "").toWellFormed())),
        path,
      );
      return {
        method: method.toUpperCase(),
        path: drawn.query === undefined ? filled : `${filled}?${drawn.query}`,
        headers: {
          "accept-language": drawn.language,
          ...drawn.headers,
          ...(drawn.body !== undefined && { "content-type": drawn.contentType }),
        },
        body: drawn.body,
      };
    });
}

/** The operations of an OpenAPI document. */
export function operationsOf(served: unknown, known: KnownValues): readonly Operation[] {
  const document = OpenApi.parse(served);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, "openapi.json");
  const escaped = (part: string): string => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (...pointer: readonly string[]): ValidateFunction => {
    const $ref = `openapi.json#/${pointer.map(escaped).join("/")}`;
    const validator = validators.get($ref) ?? ajv.compile({ $ref });
    validators.set($ref, validator);
    return validator;
  };

  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]): Operation => {
      return {
        title: `${method.toUpperCase()} ${path}`,
        requests: requestsOf(document, method, path, known),
        faultOf(status, contentTypeSent, text) {
          if (status >= 500) return `a server error: ${status}`;
          const response = responses[status];
          if (response === undefined) return `status ${status} is not documented`;
          const type = contentTypeSent.split(";")[0] ?? "";
          if (response.content[type] === undefined) return `${type} is not a documented content type of ${status}`;
          const validate = validatorOf("paths", path, method, "responses", String(status), "content", type, "schema");
          return validate(JSON.parse(text)) ? undefined : ajv.errorsText(validate.errors);
        },
      };
    }),
  );
}
