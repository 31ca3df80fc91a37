import { mkdir, writeFile } from "node:fs/promises";
import { billOfMaterials } from "#infra/tools/bill-of-materials.ts";

/** `npm run sbom`: writes the bill of materials to `dist/sbom.cdx.json`. */

const folder = new URL("../../dist/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL("sbom.cdx.json", folder), await billOfMaterials());
process.stdout.write("dist/sbom.cdx.json\n");
