import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";

/** Scrutin's dependencies: npm's CycloneDX bill of the lock file, and the licences in it. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MOST_BYTES = 64 * 1024 * 1024;

const Licence = z.object({
  license: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
  expression: z.string().optional(),
});
const Component = z.object({
  name: z.string(),
  version: z.string(),
  licenses: z.array(Licence).default([]),
  properties: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
const Bill = z.object({ bomFormat: z.literal("CycloneDX"), components: z.array(Component) });

/** A package that is deployed or runs the commands, with its licence; `unknown` when it names none. */
export type RuntimePackage = Readonly<{ name: string; version: string; licence: string }>;

/** Licences that put no obligations on whoever runs Scrutin as it is; any other needs a decision first. */
export const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
  // Of a font: it may not be sold by itself.
  "MIT AND OFL-1.1",
  // By the file: who changes one of its files publishes that file. We change none.
  "MPL-2.0",
]);

/** npm's mark for development dependencies. */
const DEVELOPMENT = "cdx:npm:package:development";

/**
 * The bill of materials as CycloneDX JSON, from the lock file alone, without network. It includes development dependencies,
 * marked as such: when told to omit them, npm 11 also omits packages that both share.
 * @throws when npm cannot be run or the lock file cannot be read
 */
export async function billOfMaterials(): Promise<string> {
  const { stdout } = await promisify(execFile)(
    "npm",
    ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "application", "--package-lock-only"],
    { cwd: ROOT, maxBuffer: MOST_BYTES },
  );
  return stdout;
}

/** All but development-only packages, by name and version. @throws when the text is not a CycloneDX bill */
export function runtimePackages(bill: string): readonly RuntimePackage[] {
  return Bill.parse(JSON.parse(bill))
    .components.filter(({ properties }) => !properties.some(({ name }) => name === DEVELOPMENT))
    .map(({ name, version, licenses }) => ({
      name,
      version,
      licence:
        licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression).join(" OR ") || "unknown",
    }))
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** A sentence for each package whose licence is not allowed. */
export function licenceFaults(packages: readonly RuntimePackage[]): readonly string[] {
  return packages
    .filter(({ licence }) => !ALLOWED_LICENCES.has(licence))
    .map(
      ({ name, version, licence }) => `${name} ${version}: the licence ${licence} is not on the list of those allowed`,
    );
}

/** `docs/licences.md`. */
export function licencesPage(packages: readonly RuntimePackage[]): string {
  const byLicence = Map.groupBy(packages, ({ licence }) => licence);
  const totals = [...byLicence]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, { length }]) => `${licence}: ${length}`);
  return `# Licences

Every package that Scrutin runs on, in AWS or as a command. \`npm run licences\` writes this page from npm's bill of
materials, and \`npm run check\` fails when it is out of date or a licence is not on the list in
[infra/tools/bill-of-materials.ts](../infra/tools/bill-of-materials.ts). \`npm run sbom\` writes the whole bill, including what tests and
tools need, as CycloneDX to \`dist/sbom.cdx.json\`. Scrutin itself is under the MIT licence.

${totals.join(" · ")}

| package | version | licence |
|---|---|---|
${packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`).join("\n")}
`;
}
