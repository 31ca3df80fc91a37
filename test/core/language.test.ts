import { describe, expect, test } from "vitest";
import { preferredLanguage } from "#core/language.ts";

describe("language", () => {
  test.each([
    [undefined, "en"],
    ["fr-CA,fr;q=0.9,en;q=0.8", "fr"],
    ["en-CA,fr;q=0.9", "en"],
    ["de, fr;q=0.2, en;q=0.1", "fr"],
    ["fr;q=0, en", "en"],
    ["*", "en"],
    ["", "en"],
    ["en;q=0.1, fr;q=0.9", "fr"],
    ["fr;q=0.1, en;q=0.9", "en"],
    ["fr-CA; q=0.2, en-CA; q=0.5", "en"],
    ["en; level=1; q=0.2, fr;q=0.5", "fr"],
    ["FR", "fr"],
    ["de, es", "en"],
    ["fr;q=0", "en"],
    ["fr;q=much", "en"],
  ])("Accept-Language %j is answered in %s", (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
