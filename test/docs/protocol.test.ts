import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { vectors } from "#test/docs/protocol-vectors.ts";

const page = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");

test("the protocol's vectors are what the code computes", () => {
  const [, written = ""] = /```json vectors\n([\s\S]*?)```/.exec(page) ?? [];
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(vectors())));
});

test("the protocol names every domain under which trustees' code hashes", () => {
  const domainsIn = (text: string): readonly string[] =>
    [...text.matchAll(/scrutin\/v2\/[a-z-]+/g)].map(([domain]) => domain);
  const files = globSync("core/trustees/**/*.ts");
  const used = new Set(files.flatMap((file) => domainsIn(readFileSync(file, "utf8"))));
  const named = domainsIn(page);
  expect(used.size).toBeGreaterThan(20);
  expect([...used].filter((domain) => !named.includes(domain))).toEqual([]);
});
