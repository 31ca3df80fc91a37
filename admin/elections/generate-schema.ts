import { readFile, writeFile } from "node:fs/promises";
import { electionJsonSchema } from "#admin/elections/schema.ts";

/** Writes `elections/election.schema.json`, or with `--check` fails when the committed file is not what the schema says. */

const file = new URL("../../elections/election.schema.json", import.meta.url);
const text = `${JSON.stringify(electionJsonSchema(), null, 2)}\n`;

if (process.argv.includes("--check")) {
  const committed = await readFile(file, "utf8").catch(() => "");
  if (committed !== text) {
    process.stderr.write("elections/election.schema.json is stale: run npm run schema and commit it.\n");
    process.exitCode = 1;
  }
} else {
  await writeFile(file, text);
}
