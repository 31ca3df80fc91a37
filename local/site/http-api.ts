import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import { isOfFunctions, NOWHERE, type SignInOrigins } from "#infra/site/rules.ts";
import { type FunctionHost, InvocationFailure } from "#local/functions/host.ts";
import { listen } from "#local/listening.ts";
import { type Authorized, authorize, type RouteAccess } from "#local/site/authorizer.ts";
import { type CertifiedFiles, isCertified, serveCertified } from "#local/site/certified.ts";
import { encodeFor } from "#local/site/compression.ts";
import { httpEvent, type Matched, matchRoute, mostSpecificFirst, readRoute } from "#local/site/http-event.ts";
import { serveSite } from "#local/site/site.ts";

/** Emulates CloudFront and the API Gateway HTTP API: what functions answer goes to them by route, everything else to the site. */

export type HttpApi = Readonly<{ port: number; stop(): Promise<void> }>;

export type Cors = Readonly<{
  allowOrigins: readonly string[];
  allowMethods: readonly string[];
  allowHeaders: readonly string[];
  maxAgeSeconds: number;
}>;

export type HttpApiOptions = Readonly<{
  port: number;
  routes: ReadonlyMap<string, FunctionHost>;
  throttle: Readonly<{ rateLimit: number; burstLimit: number }>;
  /** Nothing is allowed when left out. */
  cors?: Cors | undefined;
  siteFolder: string;
  certified: CertifiedFiles;
  /** Where pages may connect to besides this site; nowhere when left out. */
  signInOrigins?: SignInOrigins | undefined;
  /** The routes that need a token, by route key; none when left out. */
  access?: ReadonlyMap<string, RouteAccess>;
}>;

/** API Gateway's limit on a request's body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Longer than the idle timeout of browsers and load generators, so that they close connections first. */
const KEEP_ALIVE_MS = 65_000;

const Answer = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

type Reply = Readonly<{ status: number; headers: Record<string, string>; body: string | Buffer }>;

const message = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify({ message: text }),
});

function varyOf(...parts: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const vary = parts.flatMap((part) => part.vary ?? []);
  return vary.length === 0 ? {} : { vary: vary.join(", ") };
}

const preflight = ({ allowMethods, allowHeaders, maxAgeSeconds }: Cors): Reply => ({
  status: 204,
  headers: {
    "access-control-allow-methods": allowMethods.join(","),
    "access-control-allow-headers": allowHeaders.join(","),
    "access-control-max-age": String(maxAgeSeconds),
  },
  body: "",
});

/** A token bucket as API Gateway throttles a stage. */
function tokenBucket(rateLimit: number, burstLimit: number): () => boolean {
  let tokens = burstLimit;
  let lastMs = Date.now();
  return () => {
    const nowMs = Date.now();
    tokens = Math.min(burstLimit, tokens + ((nowMs - lastMs) / 1000) * rateLimit);
    lastMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Undefined when it is larger than API Gateway takes. Events are faster than an iterator, and this runs for every vote. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.once("end", () => resolve(bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

async function invoke(
  host: FunctionHost,
  request: IncomingMessage,
  body: Buffer,
  matched: Matched & Readonly<{ authorized: Authorized | undefined }>,
): Promise<Reply> {
  try {
    const answer = Answer.parse(await host.invoke(httpEvent(request, body, matched)));
    const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [name, String(value)]);
    const text = answer.body ?? "";
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(headers),
      body: answer.isBase64Encoded === true ? Buffer.from(text, "base64") : text,
    };
  } catch (error) {
    if (error instanceof InvocationFailure && error.kind === "timed-out") return message(503, "Service Unavailable");
    return message(500, "Internal Server Error");
  }
}

/** @throws the server's own error when the port cannot be had */
export async function startHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const { routes, throttle, cors, siteFolder, certified, access, signInOrigins = NOWHERE } = options;
  const table = mostSpecificFirst([...routes.keys()].map(readRoute));
  const admit = tokenBucket(throttle.rateLimit, throttle.burstLimit);

  const replyTo = async (request: IncomingMessage, path: string): Promise<Reply> => {
    const body = await readBody(request);
    if (body === undefined) return message(413, "Request Entity Too Large");
    if (!admit()) return message(429, "Too Many Requests");
    const matched = matchRoute(table, request.method ?? "GET", path);
    const host = matched === undefined ? undefined : routes.get(matched.route.routeKey);
    if (matched === undefined || host === undefined) return message(404, "Not Found");
    const needed = access?.get(matched.route.routeKey);
    if (needed === undefined) return invoke(host, request, body, { ...matched, authorized: undefined });
    const judged = await authorize(request.headers.authorization, needed);
    if (!judged.ok) return message(judged.status, judged.message, { "www-authenticate": judged.challenge });
    return invoke(host, request, body, { ...matched, authorized: judged.authorized });
  };

  const corsHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
    headers.origin !== undefined && cors?.allowOrigins.some((origin) => origin === "*" || origin === headers.origin)
      ? { "access-control-allow-origin": headers.origin, vary: "Origin" }
      : {};

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (!isOfFunctions(path)) {
      request.resume();
      if (isCertified(path)) return serveCertified(certified, path, request, response);
      return serveSite({ folder: siteFolder, signInOrigins }, path, request, response);
    }
    const reply = request.method === "OPTIONS" && cors !== undefined ? preflight(cors) : await replyTo(request, path);
    const { body, headers } = await encodeFor(request, Buffer.from(reply.body), reply.headers["content-type"]);
    const allowed = corsHeaders(request);
    response.writeHead(reply.status, {
      "x-content-type-options": "nosniff",
      ...reply.headers,
      ...headers,
      ...allowed,
      ...varyOf(headers, allowed),
      "content-length": body.length,
    });
    response.end(request.method === "HEAD" ? "" : body);
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const port = await listen(server, options.port);

  return {
    port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // Requests in flight may finish; a voter's 202 is worth a second.
      const impatient = setTimeout(() => server.closeAllConnections(), 1_500);
      await closed;
      clearTimeout(impatient);
    },
  };
}
