import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withCorrections } from "#core/corrections.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { withCancellation, withLot, withWithdrawal } from "#core/officers-acts.ts";
import { askedDefinition } from "#core/trustees/asked-definition.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

const hexOf = (definition: ElectionDefinition): string => Buffer.from(ballotDigest(definition)).toString("hex");
const AT = "2025-06-01T00:00:00Z";
const TEXT = { fr: "Texte", en: "Text" };

describe("what voters are asked", () => {
  test("is SHA-256 of canonical JSON, without times", () => {
    const asked = askedDefinition(law());
    expect(JSON.parse(asked)).toMatchObject({ electionId: "L1", question: { en: "Do you agree?" } });
    expect(asked).not.toMatch(/closesAt|opensAt/);
    expect(hexOf(law())).toBe(createHash("sha256").update(asked).digest("hex"));
    expect(ballotDigest(law())).toHaveLength(32);
  });

  const corrected = [
    { of: "candidates.1.lastName", from: "Roy", to: "Roi" },
    { of: "candidates.1.bio", from: null, to: TEXT },
    { of: "parties.p.name", from: { fr: "Parti", en: "Party" }, to: TEXT },
    { of: "summary", from: null, to: TEXT },
    { of: "contact", from: null, to: TEXT },
  ];

  test.each<[string, ElectionDefinition]>([
    ["an extension", race({ closesAt: "2100-01-01T00:00:00Z" })],
    ["a postponement", race({ opensAt: "2025-02-01T00:00:00Z", closesAt: "2100-01-01T00:00:00Z" })],
    ["corrections", withCorrections(race(), corrected, AT)],
    [
      "a correction of a correction",
      withCorrections(
        withCorrections(race(), corrected, AT),
        [{ of: "candidates.1.lastName", from: "Roi", to: "Rois" }],
        AT,
      ),
    ],
    ["a withdrawal", withWithdrawal(race(), "1", AT)],
    ["a cancellation", withCancellation(race(), { at: AT, reason: TEXT })],
    ["a lot", withLot(race(), { regionId: "1", order: ["1", "2"], drawnAt: AT })],
    ["the name of its schema", race({ $schema: "./election.schema.json" })],
    ["biographies that are kept apart", race({ biographies: { "1": "0".repeat(64) } })],
  ])("is not changed by %s", (_, changed) => {
    expect(askedDefinition(changed)).toBe(askedDefinition(race()));
  });

  const [first, ...others] = (race() as Extract<ElectionDefinition, { votingMethod: "single_choice" }>).candidates;
  test.each<[string, ElectionDefinition]>([
    ["another identifier", race({ electionId: "E2" })],
    ["another title", race({ title: TEXT })],
    ["another order of candidates", race({ candidates: [...others, first] })],
    [
      "another name, which nobody told as a correction",
      race({ candidates: [{ ...first, lastName: "Roi" }, ...others] }),
    ],
    ["a candidate less", race({ candidates: others })],
    ["another region", race({ candidates: [{ ...first, regionIds: ["1", "2"] }, ...others] })],
    ["blank ballots", race({ allowBlank: true })],
    ["another method", rankedRace({ electionId: "E1" })],
  ])("is changed by %s", (_, changed) => {
    expect(hexOf(changed)).not.toBe(hexOf(race()));
  });

  test("is changed by another question", () => {
    expect(hexOf(law({ question: TEXT }))).not.toBe(hexOf(law()));
  });
});
