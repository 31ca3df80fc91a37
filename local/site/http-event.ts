import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { ACCOUNT_ID } from "#local/services/credentials.ts";
import type { Authorized } from "#local/site/authorizer.ts";

/** Routes and events of an API Gateway HTTP API, payload format 2.0. */

export type Route = Readonly<{
  routeKey: string;
  method: string;
  pattern: RegExp;
  names: readonly string[];
  weight: number;
}>;

/** Reads a route key such as `GET /votes/{request_id}`, `ANY /{proxy+}` or `$default`. */
export function readRoute(routeKey: string): Route {
  if (routeKey === "$default") return { routeKey, method: "ANY", pattern: /^/, names: [], weight: -1 };
  const [method = "", path = ""] = routeKey.split(" ");
  const names: string[] = [];
  const source = path.split("/").map((part) => {
    const parameter = /^\{(\w+)(\+?)\}$/.exec(part);
    if (parameter === null) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    names.push(parameter[1] ?? "");
    return parameter[2] === "+" ? "(.+)" : "([^/]+)";
  });
  // API Gateway prefers the most specific route: full paths to parameters, parameters to a greedy one, a method to ANY.
  const greedy = path.includes("+}") ? 1000 : 0;
  const weight = 10_000 - greedy - names.length * 10 - (method === "ANY" ? 1 : 0);
  return { routeKey, method, pattern: new RegExp(`^${source.join("/")}$`), names, weight };
}

export type Matched = Readonly<{ route: Route; pathParameters: Record<string, string> }>;

/**
 * The route that takes a request; undefined when none does.
 * @param routes the most specific first, as mostSpecificFirst puts them
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): Matched | undefined {
  const route = routes.find((one) => (one.method === "ANY" || one.method === method) && one.pattern.test(path));
  if (route === undefined) return undefined;
  const values = route.pattern.exec(path)?.slice(1) ?? [];
  const pathParameters = Object.fromEntries(route.names.map((name, index) => [name, decode(values[index] ?? "")]));
  return { route, pathParameters };
}

/** Routes in the order in which API Gateway prefers them. */
export function mostSpecificFirst(routes: readonly Route[]): readonly Route[] {
  return routes.toSorted((one, other) => other.weight - one.weight);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Values of a repeated name are joined by commas. */
function queryParameters(rawQueryString: string): Record<string, string> {
  const parameters = new URLSearchParams(rawQueryString);
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(",")]));
}

/** The event a function is given for a request. */
export function httpEvent(
  request: IncomingMessage,
  body: Buffer,
  { route, pathParameters, authorized }: Matched & Readonly<{ authorized: Authorized | undefined }>,
): APIGatewayProxyEventV2 {
  const [rawPath = "/", rawQueryString = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
  );
  const text = body.toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(body);
  const nowMs = Date.now();
  return {
    version: "2.0",
    routeKey: route.routeKey,
    rawPath,
    rawQueryString,
    headers,
    ...(rawQueryString !== "" && { queryStringParameters: queryParameters(rawQueryString) }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: "local",
      domainName: request.headers.host ?? "localhost",
      domainPrefix: "local",
      http: {
        method: request.method ?? "GET",
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: request.socket.remoteAddress ?? "",
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      ...(authorized !== undefined && { authorizer: { jwt: authorized } }),
      routeKey: route.routeKey,
      stage: "$default",
      time: new Date(nowMs).toISOString(),
      timeEpoch: nowMs,
    },
    ...(body.length > 0 && { body: isText ? text : body.toString("base64") }),
    isBase64Encoded: !isText,
  };
}
