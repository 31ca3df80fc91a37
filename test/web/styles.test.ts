import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { styleOrder } from "#infra/bundling/styles.ts";

/** Style sheets reach a reader with the parts that import them. */

const WEB = new URL("../../web/", import.meta.url).pathname;
const sheetsIn = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map(([, name = ""]) => name);

test("every style sheet has a place in the order, and a part of the site that brings it", async () => {
  const sheets = globSync("styles/*.css", { cwd: WEB }).map((path) => basename(path));
  const listed = (await styleOrder()).map((path) => basename(path));
  const brought = globSync("**/*.{ts,tsx}", { cwd: WEB }).flatMap((path) =>
    sheetsIn(/import "#web\/styles\/([a-z-]+\.css)"/g, readFileSync(WEB + path, "utf8")),
  );
  expect(listed.toSorted()).toEqual(sheets.toSorted());
  expect([...new Set(brought)].toSorted()).toEqual(sheets.toSorted());
});
