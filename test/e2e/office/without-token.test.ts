import { expect, inject, test } from "vitest";

/** What the template's authorizer refuses, on the laptop and at an endpoint alike. */

const url = inject("url");
const issuers = inject("issuers");

const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${url}/api/v1/office/${path}`, { headers });

test("whoever asks is told by whom the office signs in: at an endpoint, the stage's own user pool", async () => {
  const response = await ask("sign-in");
  expect(response.status).toBe(200);
  const { issuer, client_id } = await response.json();
  expect(issuer).toMatch(issuers?.office ?? /^https:\/\/cognito-idp\.ca-central-1\.amazonaws\.com\/ca-central-1_\w+$/);
  expect(client_id).toMatch(issuers === undefined ? /^\w+$/ : "scrutin-office");
});

test.each([
  ["no token", {}],
  ["what is no token", { authorization: "Bearer officer" }],
  ["a token that nobody signed", { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvZmZpY2VyIn0." }],
])("a request with %s is refused as API Gateway does", async (_, headers) => {
  const response = await ask("me", headers);
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ message: "Unauthorized" });
});
