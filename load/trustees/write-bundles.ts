import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CONTESTS, type ContestName } from "#load/trustees/contests.ts";
import { makeBundle } from "#load/trustees/made-bundle.ts";

/** Writes the bundles that are kept, again: they are the same bytes, unless the protocol has changed. */

const KEPT = join(import.meta.dirname, "../../test/fixtures/bundles");

for (const name of Object.keys(CONTESTS) as ContestName[]) {
  const folder = join(KEPT, name);
  await rm(folder, { recursive: true, force: true });
  await makeBundle(name, folder);
}
