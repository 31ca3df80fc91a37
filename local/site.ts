import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { encodeFor } from "#local/compression.ts";

/** Serves the built site as CloudFront does in front of its bucket. */

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".ico": "image/x-icon",
};

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
};

/** The build puts a hash of its content into a file's name, so that what the name stands for never changes. */
const CONTENT_HASH = /-[A-Z0-9]{8}\.[a-z]+$/;

/** A path of the site to a file in the folder: addresses of pages have no extension and all get the one page. */
function fileFor(path: string): string | undefined {
  const clean = normalize(path).replace(/^(?:\.\.[/\\])+/, "");
  if (clean.includes("..") || clean.includes("\0")) return undefined;
  return extname(clean) === "" ? "index.html" : clean;
}

export async function serveSite(
  folder: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = fileFor(path);
  const content = file === undefined ? undefined : await readFile(join(folder, file)).catch(() => undefined);
  if (file === undefined || content === undefined) {
    response.writeHead(404, { ...SECURITY_HEADERS, "content-type": "text/plain; charset=utf-8" });
    response.end("There is nothing at this address.\n");
    return;
  }
  const contentType = CONTENT_TYPES[extname(file)] ?? "application/octet-stream";
  const { body, headers } = await encodeFor(request, content, contentType);
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    ...headers,
    "content-type": contentType,
    "content-length": body.length,
    "cache-control": CONTENT_HASH.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
  });
  response.end(body);
}
