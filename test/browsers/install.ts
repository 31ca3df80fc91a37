import { Refusal } from "#core/refusal.ts";
import { install } from "#test/browsers/installed.ts";

/** The first half of `npm run test:browsers`. */
try {
  install();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
