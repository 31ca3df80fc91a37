import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { synthesize } from "#infra/synthesize.ts";
import { lossesBetween, Pins, pinsOf } from "#infra/tools/stateful-resources.ts";

/**
 * `npm run pin-resources`: rewrites infra/tools/stateful-resources.json from the stage `prod`, and names the resources that
 * will be replaced. Run it after adding a resource, or before replacing one on purpose, with its content brought to safety.
 */

export const PINS_FILE = fileURLToPath(new URL("./stateful-resources.json", import.meta.url));
/** The stage whose votes count; all stages have the same resources. */
export const PINNED_STAGE = "prod";

if (import.meta.main) {
  const { templates } = await synthesize(PINNED_STAGE);
  const now = pinsOf(templates);
  const before = await readFile(PINS_FILE, "utf8").catch(() => "{}");
  await writeFile(PINS_FILE, `${JSON.stringify(now, null, 2)}\n`);
  const losses = lossesBetween(Pins.parse(JSON.parse(before)), now);
  for (const loss of losses) process.stdout.write(`${loss}\n`);
  process.stdout.write(
    losses.length === 0
      ? "Pinned; nothing that was pinned is lost.\n"
      : "Pinned. The next deployment does the above: bring what is in there to safety first.\n",
  );
}
