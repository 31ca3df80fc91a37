import { Buffer } from "node:buffer";
import type { HttpEvent } from "#functions/runtime/http.ts";

/** Reads the body of a request, whose size and shape are checked before it is parsed. */

export type JsonBody =
  | Readonly<{ ok: true; body: unknown }>
  | Readonly<{ ok: false; slug: "not-json" | "body-too-large" | "malformed-json" }>;

/** With parameters such as a charset. A list of types, as a repeated header makes, is not one type. */
const JSON_TYPE = /^\s*application\/json\s*(?:;[^,]*)?$/i;

/** An object, a list in it, and one level to spare: no request nests deeper. */
const DEEPEST_NESTING = 3;

const A_STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/gs;
/** Every string; a colon follows those that are names. */
const A_STRING_OR_NAME = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/gs;

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text.replaceAll(A_STRING, "")) {
    if (character === "{" || character === "[") deepest = Math.max(deepest, ++depth);
    else if (character === "}" || character === "]") depth--;
  }
  return deepest;
}

/** JSON allows repeated names, and parsers disagree on which value counts: a ballot must have one reading (RFC 7493). */
function repeatsAName(text: string): boolean {
  const names = [...text.matchAll(A_STRING_OR_NAME)].flatMap(([, name = "", colon]) =>
    colon === undefined ? [] : [String(JSON.parse(name))],
  );
  return new Set(names).size < names.length;
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
 * The body of a request, or the refusal to read it. Forms and plain text are refused: any web page may make its visitors send
 * those here, whereas a browser asks first before it sends JSON to another site.
 * @param maxBytes size of the body in bytes, before and after base64 is undone
 */
export function readJsonBody({ headers, body: raw = "", isBase64Encoded }: HttpEvent, maxBytes: number): JsonBody {
  if (!JSON_TYPE.test(headers["content-type"] ?? "")) return { ok: false, slug: "not-json" };
  const bytes = Buffer.byteLength(raw, isBase64Encoded ? "base64" : "utf8");
  if (bytes > maxBytes) return { ok: false, slug: "body-too-large" };
  const text = textOf(raw, isBase64Encoded);
  if (text === undefined || nesting(text) > DEEPEST_NESTING) return { ok: false, slug: "malformed-json" };
  try {
    const body: unknown = JSON.parse(text);
    return repeatsAName(text) ? { ok: false, slug: "malformed-json" } : { ok: true, body };
  } catch {
    return { ok: false, slug: "malformed-json" };
  }
}
