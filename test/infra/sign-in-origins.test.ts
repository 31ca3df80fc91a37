import { expect, test } from "vitest";
import { readConfig } from "#infra/config.ts";
import { headersAt } from "#infra/site/rules.ts";
import { signInOrigins } from "#infra/site/sign-in-origins.ts";

/** Where pages may connect to: their own site, and the providers where people of that page sign in. */

const origins = signInOrigins({
  ...readConfig("unwritten"),
  officeIssuer: "https://login.example.org/realms/office",
  voterIssuers: ["https://id.example.ca/voters", "https://id.example.ca/others"],
});
const directive = (path: string, name: string): string | undefined =>
  headersAt(path, origins)
    ["content-security-policy"].split("; ")
    .find((one) => one.startsWith(`${name} `));

test.each(["/en/office", "/fr/office/elections/1/roll"])("%s connects to the office's provider only", (path) => {
  expect(directive(path, "connect-src")).toBe("connect-src 'self' https://login.example.org");
});

test.each(["/en", "/fr/vote/4", "/", "/site-en-01234567.js"])("%s connects to the voters' providers only", (path) => {
  expect(directive(path, "connect-src")).toBe("connect-src 'self' https://id.example.ca");
});

test.each(["/en/office", "/fr/vote/4", "/en"])("%s starts no script beside the page but this site's own", (path) => {
  expect(directive(path, "worker-src")).toBe("worker-src 'self'");
  expect(directive(path, "trusted-types")).toBe("trusted-types scrutin-worker");
});
