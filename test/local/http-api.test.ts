import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { type HttpApi, startHttpApi } from "#local/site/http-api.ts";
import { type SmallFunction, smallFunction } from "#test/local/small-function.ts";

let siteFolder: string;
let echo: SmallFunction;
let failing: SmallFunction;
let api: HttpApi;
let throttled: HttpApi;

beforeAll(async () => {
  siteFolder = await mkdtemp(join(tmpdir(), "scrutin-site-"));
  for (const page of ["site-fr", "site-en", "vote-fr"]) {
    await writeFile(join(siteFolder, `${page}.html`), `<!doctype html>the page ${page}`);
  }
  await writeFile(join(siteFolder, "main-abcd2345.js"), "the script");
  await writeFile(join(siteFolder, "robots.txt"), "the robots");
  await writeFile(`${siteFolder}.secret`, "outside");
  echo = await smallFunction("return { statusCode: 201, headers: { 'x-of': 'echo' }, body: JSON.stringify(event) };");
  failing = await smallFunction(
    "if (event.rawPath === '/api/slow') await sleep(60_000); if (event.rawPath === '/api/odd') return 7; throw new Error('123456789');",
    { timeoutMs: 300 },
  );
  const routes = new Map([
    ["ANY /api/echo/{id}", echo.host],
    ["GET /api/failing", failing.host],
    ["GET /api/odd", failing.host],
    ["GET /api/slow", failing.host],
  ]);
  const cors = {
    allowOrigins: ["https://site.example"],
    allowMethods: ["GET", "POST"],
    allowHeaders: ["content-type"],
    maxAgeSeconds: 60,
  };
  const common = {
    certified: { endpoint: "http://localhost:1", bucket: "none" },
    port: 0,
    routes,
    cors,
    siteFolder,
  };
  api = await startHttpApi({ ...common, throttle: { rateLimit: 1000, burstLimit: 1000 } });
  throttled = await startHttpApi({ ...common, throttle: { rateLimit: 1, burstLimit: 3 } });
});
afterAll(async () => {
  await Promise.all([api.stop(), throttled.stop()]);
  await Promise.all([echo.remove(), failing.remove()]);
  await rm(siteFolder, { recursive: true, force: true });
  await rm(`${siteFolder}.secret`, { force: true });
});

const at = (path: string, to = api): string => `http://127.0.0.1:${to.port}${path}`;

/** Sends a path exactly as written; fetch would normalise it. */
function raw(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port: api.port, path }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += String(chunk);
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on("error", reject)
      .end();
  });
}

describe("the API", () => {
  test("a function gets the request as API Gateway would pass it, and its answer is returned", async () => {
    const response = await fetch(at("/api/echo/L%201?a=1&a=2"), {
      method: "POST",
      headers: { "content-type": "application/json", "Accept-Language": "fr" },
      body: '{"é":1}',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get("x-of")).toBe("echo");
    expect(await response.json()).toMatchObject({
      version: "2.0",
      routeKey: "ANY /api/echo/{id}",
      rawPath: "/api/echo/L%201",
      rawQueryString: "a=1&a=2",
      queryStringParameters: { a: "1,2" },
      pathParameters: { id: "L 1" },
      headers: { "content-type": "application/json", "accept-language": "fr" },
      requestContext: { http: { method: "POST", path: "/api/echo/L%201", sourceIp: "127.0.0.1" } },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
  });

  test("a body that is not text arrives in base64", async () => {
    const response = await fetch(at("/api/echo/1"), { method: "POST", body: Buffer.from([0xff, 0xfe, 0]) });
    expect(await response.json()).toMatchObject({ body: "//4A", isBase64Encoded: true });
  });

  test.each([
    ["fails", "/api/failing", 500, "Internal Server Error"],
    ["answers nonsense", "/api/odd", 500, "Internal Server Error"],
    ["runs out of time", "/api/slow", 503, "Service Unavailable"],
  ])("a function that %s is told to nobody in detail", async (_, path, status, message) => {
    const response = await fetch(at(path));
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ message });
  });

  test("a path without a route is not found", async () => {
    expect((await fetch(at("/api/nowhere"))).status).toBe(404);
  });

  test("a body of more than 10 MB is too large", async () => {
    const response = await fetch(at("/api/echo/1"), { method: "POST", body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(response.status).toBe(413);
  });

  test("requests beyond the burst are throttled", async () => {
    const statuses = [];
    for (let n = 0; n < 6; n++) statuses.push((await fetch(at("/api/echo/1", throttled))).status);
    expect(statuses.slice(0, 3)).toEqual([201, 201, 201]);
    expect(statuses.slice(3)).toContain(429);
  });

  test("a browser may call from a listed site, and from no other", async () => {
    const allowed = async (origin: string) =>
      (await fetch(at("/api/echo/1"), { headers: { origin } })).headers.get("access-control-allow-origin");
    expect(await allowed("https://site.example")).toBe("https://site.example");
    expect(await allowed("https://other.example")).toBeNull();
    const preflight = await fetch(at("/api/echo/1"), {
      method: "OPTIONS",
      headers: { origin: "https://site.example" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-methods")).toBe("GET,POST");
    expect(preflight.headers.get("access-control-max-age")).toBe("60");
  });
});

describe("the site", () => {
  test("every address without a file extension is a page, which must be revalidated", async () => {
    for (const [path, page] of [
      ["/", "site-en"],
      ["/fr/", "site-fr"],
      ["/en/results/L2025-001", "site-en"],
      ["/fr/vote/L2025-001", "vote-fr"],
      ["/site-en.html", "site-en"],
    ] as const) {
      const response = await fetch(at(path));
      expect(await response.text()).toBe(`<!doctype html>the page ${page}`);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("cache-control")).toBe("no-cache");
    }
  });

  test("a file may be cached for ever only when its name holds a hash of its content", async () => {
    const kept = async (path: string) => (await fetch(at(path))).headers.get("cache-control");
    expect(await kept("/main-abcd2345.js")).toContain("immutable");
    expect(await kept("/robots.txt")).toBe("no-cache");
  });

  test("the page may load scripts from and connect to its own site only", async () => {
    const { headers } = await fetch(at("/"));
    const policy = z.string().parse(headers.get("content-security-policy"));
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  test.each(["/../", "/%2e%2e/", "/..%2f", "/a/../../", "//"])("no path leads out of its folder: %s", async (out) => {
    const folder = siteFolder.split("/").at(-1);
    const { status, body } = await raw(`${out}${folder}.secret`);
    expect(status).toBe(404);
    expect(body).not.toContain("outside");
  });

  test("a missing file is a 404, not the page", async () => {
    expect((await fetch(at("/missing.js"))).status).toBe(404);
  });
});
