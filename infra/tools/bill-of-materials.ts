import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";

/** What Scrutin is made of besides its own code: npm's own CycloneDX account of the lock file, and the licences in it. */

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

/** One package that is deployed or runs the tools, with the licence it names; `unknown` when it names none. */
export type RuntimePackage = Readonly<{ name: string; version: string; licence: string }>;

/** Licences that allow use and change without asking anything of whoever runs Scrutin; any other needs a decision first. */
export const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
]);

/** How npm marks what only development needs. */
const DEVELOPMENT = "cdx:npm:package:development";

/**
 * The bill of materials as CycloneDX JSON, from the lock file alone: no network, whatever is installed. It lists what
 * development needs too, marked as such: told to leave that out, npm 11 also leaves out packages that both parts share.
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

/** The packages that are not there for development alone, by name and version. @throws when the text is no CycloneDX bill */
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

/** The packages whose licence is not allowed, a sentence each. */
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

Every package that Scrutin runs on, on AWS or as a command. \`npm run licences\` writes this page from npm's bill of
materials, and \`npm run check\` fails when it is out of date or a licence is not on the list in
[infra/tools/bill-of-materials.ts](../infra/tools/bill-of-materials.ts). \`npm run sbom\` writes the whole bill, what tests and tools need
included, as CycloneDX to \`dist/sbom.cdx.json\`. Scrutin itself is under the MIT licence.

${totals.join(" · ")}

| package | version | licence |
|---|---|---|
${packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`).join("\n")}
`;
}
