import { parseArgs } from "node:util";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** What may follow `npm start --`. Everything is set by variables. */

export const HELP = `Usage: npm start

Runs Scrutin on this machine until it is told to stop (Ctrl+C): the site, the API, and everything behind them.

Variables:
  PORT           where everything is served, 3000; set it for npx scrutin too. The identity provider is at the next one
  DATA_DIR       a folder that keeps all data across restarts; in memory without it
  ELECTIONS_DIR  the folder of definitions to apply, elections
  LOG_DIR        a folder that keeps each function's log

Another terminal is the officer's: npx scrutin help`;

/** Whether help is asked for. Throws Refusal for anything else. */
export function asksForHelp(words: readonly string[]): boolean {
  try {
    const { values } = parseArgs({ args: [...words], options: { help: { type: "boolean", short: "h" } } });
    return values.help === true;
  } catch {
    throw new EnglishRefusal(
      `npm start takes no ${words.join(" ")}: it is set by variables, which npm start -- --help lists.`,
    );
  }
}
