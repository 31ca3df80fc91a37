import { Buffer } from "node:buffer";
import type { HttpEvent } from "#functions/runtime/http.ts";

/** Reads the body of a request, whose size and shape are checked before it is parsed. */

export type JsonBody =
  | Readonly<{ ok: true; body: unknown }>
  | Readonly<{ ok: false; slug: "not-json" | "body-too-large" | "malformed-json" }>;

/** With parameters such as a charset. A list of types, as a repeated header makes, is not one type. */
const JSON_TYPE = /^\s*application\/json\s*(?:;[^,]*)?$/i;

/** An object, a list in it, and one level to spare: no voter's request nests deeper. */
const DEEPEST_NESTING = 3;

const WHITE_SPACE = " \t\r\n";

/** Where the string that starts here ends; the text's length when it does not. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/**
 * Whether JSON nests no deeper than allowed, and no object names a field twice: JSON allows that, and parsers disagree on which
 * value counts, but a ballot must have one reading (RFC 7493). One pass, because anybody may send anything. What is not JSON
 * may pass; throws SyntaxError for a name that is no string of JSON.
 */
function hasOneReading(text: string, deepest: number): boolean {
  /** The names in each open object or list. */
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") {
      if (open.push(new Set()) > deepest) return false;
    } else if (character === "}" || character === "]") {
      open.pop();
    } else if (character === '"') {
      const start = at;
      at = endOfString(text, start);
      let next = at + 1;
      while (next < text.length && WHITE_SPACE.includes(text[next] ?? "")) next++;
      if (text[next] !== ":") continue;
      const name = String(JSON.parse(text.slice(start, at + 1)));
      if (open.at(-1)?.has(name) === true) return false;
      open.at(-1)?.add(name);
      at = next;
    }
  }
  return true;
}

/** The body's text; undefined when its bytes are not UTF-8. */
function textOf(raw: string, isBase64Encoded: boolean): string | undefined {
  if (!isBase64Encoded) return raw;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(raw, "base64"));
  } catch {
    return undefined;
  }
}

/**
 * The body of a request, or the refusal to read it. Forms and plain text are refused, since every web page may make its visitors
 * send those here, whereas a browser asks first before it sends JSON to another site.
 * @param maxBytes size of the body in bytes, before and after base64 is undone
 * @param deepest how deep its objects and lists may nest
 */
export function readJsonBody(
  { headers, body: raw = "", isBase64Encoded }: HttpEvent,
  maxBytes: number,
  deepest = DEEPEST_NESTING,
): JsonBody {
  if (!JSON_TYPE.test(headers["content-type"] ?? "")) return { ok: false, slug: "not-json" };
  const bytes = Buffer.byteLength(raw, isBase64Encoded ? "base64" : "utf8");
  if (bytes > maxBytes) return { ok: false, slug: "body-too-large" };
  const text = textOf(raw, isBase64Encoded);
  if (text === undefined) return { ok: false, slug: "malformed-json" };
  try {
    return hasOneReading(text, deepest) ? { ok: true, body: JSON.parse(text) } : { ok: false, slug: "malformed-json" };
  } catch {
    return { ok: false, slug: "malformed-json" };
  }
}
