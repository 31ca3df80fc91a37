#!/usr/bin/env node
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { testPage } from "#infra/bundling/test-page.ts";

/** `npm run test-page -- FILE`: writes the page on which voters test devices, and says its SHA-256, which a ceremony's trustees sign. */

const [file = "test.html"] = process.argv.slice(2);
const page = await testPage();
await writeFile(file, page);
const sha256 = createHash("sha256").update(page);
process.stdout.write(`${file}: ${page.length} bytes, SHA-256 ${sha256.digest("hex")}
For a ceremony: scrutin ceremony open … --test-page ${file}
`);
