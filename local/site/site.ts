import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { scriptsFolder } from "#infra/bundle.ts";
import { CACHE_CONTROL, CONTENT_HASH, fileAt, headersAt, previewOf, type SignInOrigins } from "#infra/site/rules.ts";
import { type Encoded, encodeFor } from "#local/site/compression.ts";

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

/** A path of the site to a file in the folder; undefined when it leads out of it. */
function fileFor(path: string): string | undefined {
  const clean = normalize(path).replace(/^(?:\.\.[/\\])+/, "");
  return clean.includes("..") || clean.includes("\0") ? undefined : fileAt(clean).slice(1);
}

/** A script as the bucket has it, for those that read brotli; browsers do so over TLS only. */
async function compressedScript(
  site: string,
  file: string,
  { headers }: IncomingMessage,
): Promise<Encoded | undefined> {
  if (extname(file) !== ".js" || !/\bbr\b/.test(String(headers["accept-encoding"] ?? ""))) return undefined;
  const body = await readFile(join(scriptsFolder(dirname(site)), file)).catch(() => undefined);
  return body && { body, headers: { "content-encoding": "br", vary: "Accept-Encoding" } };
}

export async function serveSite(
  { folder, signInOrigins }: Readonly<{ folder: string; signInOrigins: SignInOrigins }>,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const security = headersAt(path, signInOrigins);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { ...security, allow: "GET, HEAD", "content-type": "text/plain; charset=utf-8" });
    response.end("This address can only be read.\n");
    return;
  }
  const preview = previewOf(path, request.headers["user-agent"] ?? "");
  if (preview !== undefined) {
    response.writeHead(302, { location: preview, "cache-control": "no-store" });
    response.end();
    return;
  }
  const file = fileFor(path);
  const content = file === undefined ? undefined : await readFile(join(folder, file)).catch(() => undefined);
  if (file === undefined || content === undefined) {
    response.writeHead(404, { ...security, "content-type": "text/plain; charset=utf-8" });
    response.end("There is nothing at this address.\n");
    return;
  }
  const contentType = CONTENT_TYPES[extname(file)] ?? "application/octet-stream";
  const { body, headers } =
    (await compressedScript(folder, file, request)) ?? (await encodeFor(request, content, contentType));
  response.writeHead(200, {
    ...security,
    ...headers,
    "content-type": contentType,
    "content-length": body.length,
    "cache-control": CACHE_CONTROL[CONTENT_HASH.test(file) ? "hashed" : "named"],
  });
  response.end(body);
}
