import { readFile, writeFile } from "node:fs/promises";
import * as z from "zod";
import { PARAMETERS } from "#infra/parameters.ts";

/** Writes the table in docs/configuration.md from infra/parameters.ts, or with `--check` fails when it is stale. */

const file = new URL("../../docs/configuration.md", import.meta.url);
const BEGIN = "<!-- parameters: written by npm run configuration -->";
const END = "<!-- end of parameters -->";

const Schema = z.object({
  type: z.string().optional(),
  description: z.string(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  anyOf: z.array(z.object({ const: z.unknown() })).optional(),
  items: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
});
type Schema = z.infer<typeof Schema>;

const grouped = (value: number): string => value.toLocaleString("en");

function valuesOf({ type, minimum, maximum = Number.MAX_SAFE_INTEGER, anyOf, items }: Schema): string {
  if (anyOf !== undefined) return anyOf.map((each) => String(each.const)).join(", ");
  if (minimum !== undefined && maximum < Number.MAX_SAFE_INTEGER) return `${grouped(minimum)} to ${grouped(maximum)}`;
  if (items?.enum !== undefined) return `list of ${items.enum.map((each) => `\`${each}\``).join(", ")}`;
  const names: Readonly<Record<string, string>> = {
    boolean: "true, false",
    array: "list of addresses",
    string: "text",
    object: "see below",
  };
  return names[type ?? ""] ?? "";
}

function table(parameters: Readonly<Record<string, z.ZodType>>): string {
  const rows = Object.entries(parameters).map(([name, parameter]) => {
    const schema = Schema.parse(z.toJSONSchema(parameter, { io: "input" }));
    const preset = schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
    return `| \`${name}\` | ${schema.description} | ${valuesOf(schema)} | ${preset} |`;
  });
  return ["| parameter | meaning | values | default |", "|---|---|---|---|", ...rows].join("\n");
}

const { stage: _, ...parameters } = PARAMETERS;
const current = await readFile(file, "utf8");
const [before, rest = ""] = current.split(BEGIN);
const [, after = ""] = rest.split(END);
const text = `${before}${BEGIN}\n${table(parameters)}\n${END}${after}`;

if (!process.argv.includes("--check")) await writeFile(file, text);
else if (current !== text) {
  process.stderr.write("docs/configuration.md is stale: run npm run configuration and commit it.\n");
  process.exitCode = 1;
}
