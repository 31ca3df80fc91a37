import { expect, test } from "vitest";
import { LANGUAGES } from "#core/language.ts";
import { STRIKES } from "#core/strike.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { law } from "#test/definitions.ts";
import { CATALOGUE } from "#test/web/catalogue.ts";
import { outcomeWords } from "#web/vote/outcome-words.ts";

const election = { definition: law(), credential_fields: [] as PublicElection["credential_fields"] } as PublicElection;

test("who comes with a struck code reads the true reason, as the service gives it, and whom to call", () => {
  const since = "2026-11-03T03:05:00.000Z";
  for (const language of LANGUAGES) {
    for (const reason of STRIKES) {
      const outcome = { status: "invalid", tracking_code: "A".repeat(20), reason, since, message: "why" } as const;
      const { title, lines } = outcomeWords(outcome, election, { t: CATALOGUE[language], language, contact: "Ada" });
      expect(title).toBe(CATALOGUE[language].stub.invalidTitle);
      expect(lines).toEqual(["why", expect.stringContaining("Ada")]);
    }
  }
});
