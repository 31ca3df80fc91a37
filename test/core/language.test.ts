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
  ])("Accept-Language %j is answered in %s", (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
