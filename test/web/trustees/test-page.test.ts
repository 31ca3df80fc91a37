import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { testPage } from "#infra/bundling/test-page.ts";

/** The page on which voters test devices: one file. */

let page: string;
beforeAll(async () => {
  page = await testPage();
});

test("the same sources give the same bytes", async () => {
  expect(await testPage()).toBe(page);
});

test("everything is in it: nothing is loaded, from anywhere", () => {
  expect(page).not.toMatch(/<(?:script|img|iframe)[^>]*\ssrc=/i);
  expect(page).not.toMatch(/<link(?![^>]*href="data:,")/i);
  expect(page).not.toMatch(/\bimport\s*\(|@import|url\((?!data:)/);
  expect(page).toContain("Vérifier un appareil de vote");
  expect(page).toContain("Test a voting device");
});

test("its own policy runs its script and its style, by their digests, and nothing else", () => {
  const digestOf = (element: string): string => {
    const [, content = ""] = new RegExp(`<${element}[^>]*>([\\s\\S]*?)</${element}>`).exec(page) ?? [];
    return createHash("sha256").update(content).digest("base64");
  };
  const [, policy = ""] = /content-security-policy" content="([^"]*)"/.exec(page) ?? [];
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    `script-src 'sha256-${digestOf("script")}'`,
    `style-src 'sha256-${digestOf("style")}'`,
    "img-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});
