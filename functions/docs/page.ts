import { createHash } from "node:crypto";
import type openapi from "#functions/docs/openapi.json";
import { PROBLEMS } from "#functions/runtime/problem-contract.ts";
import { PROBLEM_MESSAGES } from "#functions/runtime/voter-messages.ts";

/** The API document as a page: no script, nothing fetched, one style sheet allowed by its hash. */

type Document = typeof openapi;

/** The parts of a JSON Schema that the page shows. */
type Schema = Readonly<{
  title?: string;
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
}>;

type Operation = Readonly<{
  tags: readonly string[];
  summary: string;
  parameters?: readonly Readonly<{ in: string; name: string; description: string }>[];
  requestBody?: { content: Readonly<Record<string, { example?: unknown; schema: Schema }>> };
  responses: Readonly<Record<string, { description: string; content: Readonly<Record<string, { schema: Schema }>> }>>;
}>;

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #16181d; --quiet: #565b66; --line: #d9d6cd; --accent: #1d4ed8; }
@media (prefers-color-scheme: dark) { :root { --paper: #14161a; --ink: #eceae4; --quiet: #a5abb8; --line: #363a43; --accent: #93b4ff; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, h3, h4 { font-family: ui-serif, Charter, Georgia, serif; line-height: 1.2; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
a { color: var(--accent); }
article { margin: 2rem 0; }
code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em; overflow-wrap: anywhere; }
pre { border: 1px solid var(--line); padding: .75rem; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid var(--line); padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; }
.quiet { color: var(--quiet); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Text with `code` between backticks, as HTML. */
const prose = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");

function typeOf(schema: Schema): string {
  const name = schema.$ref?.split("/").at(-1);
  if (name !== undefined) return `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`;
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  if (schema.const !== undefined) return `<code>${escapeHtml(JSON.stringify(schema.const))}</code>`;
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => `<code>${escapeHtml(JSON.stringify(value))}</code>`).join(", ");
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return [...new Set(alternatives.map(typeOf))].join(" or ");
  return escapeHtml([schema.type ?? "any"].flat().join(" or "));
}

function properties(schema: Schema): string {
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) {
    return variants
      .map(
        (variant) =>
          `${variant.title === undefined ? "" : `<h4>${escapeHtml(variant.title)}</h4>`}${properties(variant)}`,
      )
      .join("");
  }
  const rows = Object.entries(schema.properties ?? {}).map(
    ([name, property]) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code>${schema.required?.includes(name) === true ? "" : ' <span class="quiet">optional</span>'}</th>` +
      `<td>${typeOf(property)}</td><td>${prose(property.description ?? "")}</td></tr>`,
  );
  return rows.length === 0 ? "" : `<table><tbody>${rows.join("")}</tbody></table>`;
}

function operation(method: string, path: string, { summary, parameters, requestBody, responses }: Operation): string {
  const given = (parameters ?? []).map(
    ({ in: place, name, description }) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code> <span class="quiet">${escapeHtml(place)}</span></th><td>${prose(description)}</td></tr>`,
  );
  const asked = given.length === 0 ? "" : `<table><tbody>${given.join("")}</tbody></table>`;
  const [body] = Object.values(requestBody?.content ?? {});
  const sent =
    body === undefined
      ? ""
      : `<p>Takes ${typeOf(body.schema)}:</p><pre>curl -X POST "$SCRUTIN${escapeHtml(path)}" -H 'content-type: application/json' -d '${escapeHtml(JSON.stringify(body.example))}'</pre>`;
  const answers = Object.entries(responses).map(([status, { description, content }]) => {
    const [answer] = Object.values(content);
    return `<tr><th scope="row">${escapeHtml(status)}</th><td>${answer === undefined ? "" : typeOf(answer.schema)}</td><td>${prose(description)}</td></tr>`;
  });
  return `<article><h3><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h3><p>${prose(summary)}</p>${asked}${sent}<table><tbody>${answers.join("")}</tbody></table></article>`;
}

function routes(document: Document): string {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, described]) => ({ method, path, described })),
  );
  const byTag = Map.groupBy(all, ({ described }) => described.tags[0] ?? "");
  return [...byTag]
    .map(
      ([tag, group]) =>
        `<section><h2>${escapeHtml(tag)}</h2>${group.map(({ method, path, described }) => operation(method, path, described)).join("")}</section>`,
    )
    .join("");
}

function problems(): string {
  const rows = Object.entries(PROBLEM_MESSAGES).map(
    ([slug, { title, detail }]) =>
      `<tr id="${escapeHtml(slug)}"><th scope="row"><code>${escapeHtml(slug)}</code></th><td>${PROBLEMS[slug as keyof typeof PROBLEMS]}</td>` +
      `<td>${escapeHtml(title.en)}. ${escapeHtml(detail.en)}<br><span lang="fr">${escapeHtml(title.fr)}. ${escapeHtml(detail.fr)}</span></td></tr>`,
  );
  return `<section><h2>Problems</h2><table><tbody>${rows.join("")}</tbody></table></section>`;
}

function schemas(document: Document): string {
  const all = Object.entries(document.components.schemas as Record<string, Schema>).map(
    ([name, schema]) =>
      `<article id="${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3><p>${prose(schema.description ?? "")}</p>${properties(schema)}</article>`,
  );
  return `<section><h2>Shapes</h2>${all.join("")}</section>`;
}

/** The page, and the Content-Security-Policy to serve it with. */
export function docsPage(document: Document): Readonly<{ html: string; contentSecurityPolicy: string }> {
  const styleHash = createHash("sha256").update(STYLE).digest("base64");
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Scrutin API</title><style>${STYLE}</style></head>
<body><main><h1>Scrutin API</h1><p>${prose(document.info.description)}</p>
<p>The same, for machines: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI ${escapeHtml(document.openapi)}).
In the commands, <code>$SCRUTIN</code> is the address of this site, such as <code>http://localhost:3000</code>.</p>
${routes(document)}${problems()}${schemas(document)}</main></body></html>`;
  return {
    html,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
