import { expect, test } from "vitest";
import type { RaceDefinition } from "#core/contest.ts";
import { law, race } from "#test/definitions.ts";
import { voterTexts } from "#web/office/proposals/voter-texts.ts";

/** What the second officer is shown of a proposal. */

const RACE = race({ timeZone: "America/Vancouver" }) as RaceDefinition;
const AT = "2030-06-01T12:00:00Z";
const told = (body: unknown) => voterTexts(body, RACE, AT);

test("times are told by the clocks of the election, in both languages, wherever the second officer sits", () => {
  expect(told({ opens_at: "2030-06-02T16:00:00Z", closes_at: "2030-06-08T03:00:00Z", reason: "Flood." })).toEqual([
    {
      en: expect.stringContaining("June 2, 2030 at 9:00\u00a0a.m.\u00a0PDT"),
      fr: expect.stringContaining("2 juin 2030 à 9\u00a0h"),
    },
    {
      en: expect.stringMatching(/^Voting closes on June 7, 2030 at 8:00\u00a0p\.m\.\u00a0PDT\.$/),
      fr: expect.stringMatching(/^Le vote ferme le 7 juin 2030 à 20\u00a0h\u00a0.+\.$/),
    },
  ]);
});

test("a withdrawal names the candidate, a correction both spellings, a cancellation its reason", () => {
  const [candidate = { candidateId: "", lastName: "" }] = RACE.candidates;
  const [withdrawn] = told({ candidate_id: candidate.candidateId, reason: "letter", typed: "1" });
  expect([withdrawn?.en, withdrawn?.fr]).toEqual(Array(2).fill(expect.stringContaining(candidate.lastName)));
  const [corrected] = told({ texts: [{ of: `candidates.${candidate.candidateId}.lastName`, to: "Roï" }] });
  for (const text of [candidate.lastName, "Roï"]) expect(corrected?.en).toContain(text);
  const [cancelled] = told({ told: { fr: "Un bulletin faux.", en: "A wrong ballot." }, typed: "1" });
  expect(cancelled).toEqual({
    en: expect.stringContaining("A wrong ballot."),
    fr: expect.stringContaining("Un bulletin faux."),
  });
});

test("what tells voters nothing has no words of theirs: they are not made up", () => {
  for (const body of [{}, null, { version: 3 }, { typed: "1" }, { candidate_id: "nobody" }]) {
    expect(told(body)).toEqual([]);
  }
  expect(voterTexts({ candidate_id: "1" }, law(), AT)).toEqual([]);
});
