import { readFile, writeFile } from "node:fs/promises";
import { billOfMaterials, licenceFaults, licencesPage, runtimePackages } from "#infra/tools/bill-of-materials.ts";

/** `npm run licences`: writes `docs/licences.md`, or with `--check` fails when it is stale; fails on a licence not allowed. */

const file = new URL("../../docs/licences.md", import.meta.url);
const packages = runtimePackages(await billOfMaterials());
const faults = [...licenceFaults(packages)];
const page = licencesPage(packages);

if (!process.argv.includes("--check")) await writeFile(file, page);
else if ((await readFile(file, "utf8").catch(() => "")) !== page) {
  faults.push("docs/licences.md is stale: run npm run licences and commit it");
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
