import { readFile, writeFile } from "node:fs/promises";
import { openApiDocument } from "#functions/docs/document.ts";

/** Writes `openapi.json`, or with `--check` fails when the committed file is stale. */

const file = new URL("openapi.json", import.meta.url);
const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (process.argv.includes("--check")) {
  const committed = await readFile(file, "utf8").catch(() => "");
  if (committed !== text) {
    process.stderr.write("functions/docs/openapi.json is stale: run npm run openapi and commit it.\n");
    process.exitCode = 1;
  }
} else {
  await writeFile(file, text);
}
