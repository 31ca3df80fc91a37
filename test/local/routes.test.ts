import { expect, test } from "vitest";
import { matchRoute, mostSpecificFirst, readRoute } from "#local/site/http-event.ts";

const routes = mostSpecificFirst(
  [
    "$default",
    "ANY /api/{proxy+}",
    "GET /api/v1/elections/{election_id}",
    "GET /api/v1/elections/vote",
    "POST /api/v1/elections/vote",
    "ANY /api/v1/elections/vote",
  ].map(readRoute),
);
const taken = (method: string, path: string) => {
  const matched = matchRoute(routes, method, path);
  return [matched?.route.routeKey, matched?.pathParameters];
};

test.each([
  ["GET", "/api/v1/elections/1", "GET /api/v1/elections/{election_id}", { election_id: "1" }],
  ["GET", "/api/v1/elections/vote", "GET /api/v1/elections/vote", {}],
  ["POST", "/api/v1/elections/vote", "POST /api/v1/elections/vote", {}],
  ["DELETE", "/api/v1/elections/vote", "ANY /api/v1/elections/vote", {}],
  ["GET", "/api/a/b", "ANY /api/{proxy+}", { proxy: "a/b" }],
  ["GET", "/elsewhere", "$default", {}],
])("the most specific route takes %s %s", (method, path, routeKey, parameters) => {
  expect(taken(method, path)).toEqual([routeKey, parameters]);
});

test("a path parameter arrives decoded, even with an encoded slash", () => {
  expect(taken("GET", "/api/v1/elections/L%2F1%20%C3%A9")).toEqual([
    "GET /api/v1/elections/{election_id}",
    { election_id: "L/1 é" },
  ]);
});

test("a trailing slash makes another path, as in API Gateway", () => {
  expect(taken("GET", "/api/v1/elections/1/")[0]).toBe("ANY /api/{proxy+}");
});

test("a dot in a route matches only a dot", () => {
  const route = readRoute("GET /api/v1/openapi.json");
  expect(matchRoute([route], "GET", "/api/v1/openapi.json")).toBeDefined();
  expect(matchRoute([route], "GET", "/api/v1/openapiXjson")).toBeUndefined();
});
