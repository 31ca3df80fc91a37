import { createHash } from "node:crypto";
import { LANGUAGES, type Language } from "#core/language.ts";
import type openapi from "#functions/docs/openapi.json";
import { isOfProblems, PAGE_WORDS, type PageWords } from "#functions/docs/page-words.ts";
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
  operationId: string;
  tags: readonly (keyof PageWords["tags"])[];
  summary: string;
  parameters?: readonly Readonly<{ in: string; name: string; description: string }>[];
  requestBody?: { content: Readonly<Record<string, { example?: unknown; schema: Schema }>> };
  responses: Readonly<
    Record<string, { description: string; content: Readonly<Record<string, { example?: unknown; schema: Schema }>> }>
  >;
}>;

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #16181d; --quiet: #565b66; --line: #d9d6cd; --accent: #1d4ed8; }
@media (prefers-color-scheme: dark) { :root { --paper: #14161a; --ink: #eceae4; --quiet: #a5abb8; --line: #363a43; --accent: #93b4ff; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, h3, h4 { font-family: ui-serif, Charter, Georgia, serif; line-height: 1.2; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
a { color: var(--accent); }
article { margin: 2rem 0; }
code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em; }
pre { border: 1px solid var(--line); padding: .75rem; }
pre, .wide { overflow-x: auto; }
summary { cursor: pointer; padding: .25rem 0; }
nav ul { padding-left: 1.25rem; }
table { border-collapse: collapse; }
th, td { border-top: 1px solid var(--line); padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; }
td:last-child { min-width: 14rem; }
.quiet { color: var(--quiet); font-weight: normal; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media print { pre { white-space: pre-wrap; } nav { display: none; } }
`;

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** An address, which a phone may break after its slashes alone. */
const address = (method: string, path: string): string =>
  `<code>${method} ${escapeHtml(path).replaceAll(/\/(?=.)/g, "/<wbr>")}</code>`;

/** Text with `code` between backticks, as HTML. */
const prose = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");

/** The names of problems, each leading to what it means. */
const problemLinks = (names: string): string =>
  names
    .split(", ")
    .map((name) => `<a href="#${name}">${code(name)}</a>`)
    .join(", ");

/** Wider than a phone: it scrolls by itself, also by keyboard. */
const table = (rows: readonly string[]): string =>
  rows.length === 0 ? "" : `<div class="wide" tabindex="0"><table><tbody>${rows.join("")}</tbody></table></div>`;

/** Everything that the page says in one language. */
function inWords(words: PageWords, document: Document) {
  function typeOf(schema: Schema): string {
    const name = schema.$ref?.split("/").at(-1);
    if (name !== undefined) return `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`;
    if (schema.items !== undefined) return words.listOf(typeOf(schema.items));
    if (schema.const !== undefined) return code(JSON.stringify(schema.const));
    if (schema.enum !== undefined) return schema.enum.map((value) => code(JSON.stringify(value))).join(", ");
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (alternatives !== undefined) return [...new Set(alternatives.map(typeOf))].join(words.or);
    return escapeHtml([schema.type ?? "any"].flat().join(words.or));
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
    return table(
      Object.entries(schema.properties ?? {}).map(([name, property]) => {
        const isOptional = schema.required?.includes(name) !== true;
        return (
          `<tr><th scope="row">${code(name)}${isOptional ? ` <span class="quiet">${words.optional}</span>` : ""}</th>` +
          `<td>${typeOf(property)}</td><td>${prose(words.say(property.description ?? ""))}</td></tr>`
        );
      }),
    );
  }

  function operation({ method, path, described }: Route): string {
    const { operationId, summary, parameters, requestBody, responses } = described;
    const asked = (parameters ?? []).map(
      ({ in: place, name, description }) =>
        `<tr><th scope="row">${code(name)} <span class="quiet">${place === "header" ? words.inHeader : words.inAddress}</span></th><td>${prose(words.say(description))}</td></tr>`,
    );
    const [body] = Object.values(requestBody?.content ?? {});
    const sent =
      body === undefined
        ? ""
        : `<p>${words.takes} ${typeOf(body.schema)}</p><pre tabindex="0">${escapeHtml(curl(path, body.example))}</pre>`;
    const answers = Object.entries(responses).map(([status, { description, content }]) => {
      const [answer] = Object.values(content);
      return `<tr><th scope="row">${escapeHtml(status)}</th><td>${answer === undefined ? "" : typeOf(answer.schema)}</td><td>${isOfProblems(description) ? problemLinks(description) : prose(words.say(description))}</td></tr>`;
    });
    const [example] = Object.values(responses).flatMap(({ content }) =>
      Object.values(content).flatMap((answer) => ("example" in answer ? [answer.example] : [])),
    );
    const shown = `<details><summary>${words.answer}</summary><pre tabindex="0">${escapeHtml(JSON.stringify(example, null, 2))}</pre></details>`;
    return `<article id="${escapeHtml(operationId)}"><h3>${address(method, path)}</h3><p>${prose(words.say(summary))}</p>${table(asked)}${sent}${table(answers)}${shown}</article>`;
  }

  function problems(): string {
    return table(
      Object.entries(PROBLEM_MESSAGES).map(
        ([slug, { title, detail }]) =>
          `<tr id="${escapeHtml(slug)}"><th scope="row">${code(slug)}</th><td>${PROBLEMS[slug as keyof typeof PROBLEMS]}</td>` +
          `<td>${LANGUAGES.map((language) => `<span lang="${language}">${escapeHtml(title[language])}. ${escapeHtml(detail[language])}</span>`).join("<br>")}</td></tr>`,
      ),
    );
  }

  const byTag = [...Map.groupBy(routesOf(document), ({ described }) => described.tags[0] ?? "System")];
  const shapes = Object.entries(document.components.schemas as Record<string, Schema>);
  const contents =
    `<nav aria-labelledby="contents"><h2 id="contents">${words.contents}</h2><ul>` +
    byTag
      .map(
        ([tag, group]) =>
          `<li><a href="#${tag}">${words.tags[tag]}</a><ul>${group.map(({ method, path, described }) => `<li><a href="#${escapeHtml(described.operationId)}">${address(method, path)}</a></li>`).join("")}</ul></li>`,
      )
      .join("") +
    `<li><a href="#problems">${words.problems}</a></li><li><a href="#shapes">${words.shapes}</a></li></ul></nav>`;
  const routes = byTag
    .map(([tag, group]) => `<section><h2 id="${tag}">${words.tags[tag]}</h2>${group.map(operation).join("")}</section>`)
    .join("");
  const described = shapes
    .map(
      ([name, schema]) =>
        `<article id="${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3><p>${prose(words.say(schema.description ?? ""))}</p>${properties(schema)}</article>`,
    )
    .join("");
  return `${contents}${routes}<section><h2 id="problems">${words.problems}</h2>${problems()}</section><section><h2 id="shapes">${words.shapes}</h2>${described}</section>`;
}

type Route = Readonly<{ method: string; path: string; described: Operation }>;

const routesOf = (document: Document): readonly Route[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as unknown as Record<string, Operation>).map(([method, described]) => ({
      method: method.toUpperCase(),
      path,
      described,
    })),
  );

const curl = (path: string, example: unknown): string =>
  `curl -X POST "$SCRUTIN${path}" \\\n  -H 'content-type: application/json' \\\n  -d '${JSON.stringify(example)}'`;

/** The page in each language, and the Content-Security-Policy to serve it with. */
export function docsPages(
  document: Document,
): Readonly<{ html: Readonly<Record<Language, string>>; contentSecurityPolicy: string }> {
  const styleHash = createHash("sha256").update(STYLE).digest("base64");
  const pageIn = (language: Language): string => {
    const words = PAGE_WORDS[language];
    const { href, lang, name } = words.other;
    const machines = `<a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI ${escapeHtml(document.openapi)})`;
    return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title><style>${STYLE}</style></head>
<body><main><p><a href="${href}" lang="${lang}" hreflang="${lang}">${name}</a></p><h1>${words.title}</h1>
<p>${prose(words.say(document.info.description))}</p>
<p>${words.machines(machines)} ${words.address("<code>$SCRUTIN</code>", "<code>http://localhost:3000</code>")}</p>
${inWords(words, document)}</main></body></html>`;
  };
  return {
    html: { en: pageIn("en"), fr: pageIn("fr") },
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
