import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RaceDefinition } from "#core/contest.ts";
import { correctionsBetween, withCorrections } from "#core/corrections.ts";
import { law, race } from "#test/definitions.ts";
import { changesIn, fieldKey, found, keyOf, placesOf, subjectsOf, typedFrom } from "#web/office/polling/correctable.ts";
import { shownTime, typedTime } from "#web/office/polling/typed-time.ts";
import { toldCancelled, toldClosing, toldCorrected, toldWithdrawn } from "#web/office/polling/voters-words.ts";

/** Forms of polling day: what may be corrected, times at an election's clocks, and what voters will read. */

const RACE = race({ timeZone: "America/Toronto" }) as RaceDefinition;

describe("the form of corrections", () => {
  test("offers every text that may be corrected, and nothing else", () => {
    const places = subjectsOf(RACE).flatMap(placesOf);
    const other = { fr: "autre", en: "other" };
    const changed = {
      ...RACE,
      ...{ summary: other, contact: other },
      parties: RACE.parties.map((party) => ({ ...party, name: other })),
      candidates: RACE.candidates.map((one) => ({ ...one, firstName: "Other", lastName: "Other", bio: other })),
    };
    const all = correctionsBetween(RACE, changed).map(({ of }) => of);
    expect(places.map(({ of }) => of).sort()).toEqual([...all].sort());
    expect(subjectsOf(law()).map(keyOf)).toEqual(["summary ", "contact "]);
  });

  test("an untouched form changes nothing, and a touched one exactly what was typed", () => {
    for (const subject of subjectsOf(RACE)) {
      const places = placesOf(subject);
      const typed = typedFrom(RACE, places);
      expect(changesIn(RACE, places, typed)).toEqual({ corrected: [], incomplete: [] });
    }
    const [ada] = subjectsOf(RACE).filter(({ kind }) => kind === "candidate");
    if (ada === undefined) throw new Error("she stands");
    const places = placesOf(ada);
    const typed = { ...typedFrom(RACE, places), [fieldKey("candidates.1.lastName", "")]: " Roï " };
    expect(changesIn(RACE, places, typed).corrected).toEqual([{ of: "candidates.1.lastName", from: "Roy", to: "Roï" }]);
  });

  test("a text in one language alone is incomplete", () => {
    const places = placesOf({ kind: "contact", id: "" });
    const typed = { ...typedFrom(RACE, places), [fieldKey("contact", "en")]: "the office" };
    expect(changesIn(RACE, places, typed)).toEqual({ corrected: [], incomplete: ["contact"] });
  });

  test("what the form changes is what the definition then holds", () => {
    const subjects = subjectsOf(RACE);
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.constantFrom(...subjects), word, (subject, text) => {
        const places = placesOf(subject);
        const typed = Object.fromEntries(Object.keys(typedFrom(RACE, places)).map((key) => [key, `new ${text}`]));
        const { corrected } = changesIn(RACE, places, typed);
        const after = withCorrections(RACE, corrected, "2026-10-19T12:00:00Z");
        expect(typedFrom(after, places)).toEqual(typed);
      }),
    );
  });

  test("somebody is found by a part of the name, without accents, or by the id", () => {
    const subjects = subjectsOf(
      race({ candidates: [{ ...RACE.candidates[0], firstName: "Éloïse" }, ...RACE.candidates.slice(1)] }),
    );
    expect(found(subjects, "eloi").map(keyOf)).toEqual(["candidate 1"]);
    expect(found(subjects, "3").map(keyOf)).toEqual(["candidate 3"]);
    expect(found(subjects, " ")).toEqual(subjects);
  });
});

describe("a time", () => {
  const ZONE = "America/Toronto";

  test("is shown and read at the election's clocks, winter and summer", () => {
    for (const [instant, shown] of [
      ["2026-07-01T21:00:00-04:00", "2026-07-01T21:00"],
      ["2026-12-01T21:00:00-05:00", "2026-12-01T21:00"],
    ] as const) {
      expect(shownTime(instant, ZONE)).toBe(shown);
      expect(typedTime(shown, ZONE)).toBe(instant);
    }
  });

  test("that the clocks skip, or that is none, is not read", () => {
    expect(typedTime("2026-03-08T02:30", ZONE)).toBeUndefined();
    for (const typed of ["", "tomorrow", "2026-13-01T10:00"]) expect(typedTime(typed, ZONE)).toBeUndefined();
  });
});

describe("voters will read, in both languages,", () => {
  test("the new closing", () => {
    expect(toldClosing(RACE, "2026-10-19T21:00:00-04:00")).toEqual({
      en: "Voting closes on October 19, 2026 at 9:00\u00a0p.m.\u00a0EDT.",
      fr: "Le vote ferme le 19 octobre 2026 à 21\u00a0h\u00a0HAE.",
    });
  });

  test("who withdrew", () => {
    const [first] = RACE.candidates;
    if (first === undefined) throw new Error("she stands");
    expect(toldWithdrawn(first)).toEqual({ en: "Ada Roy – Withdrawn", fr: "Ada Roy – Candidature retirée" });
  });

  test("what was corrected, and that it was cancelled and why", () => {
    const at = "2026-10-19T12:00:00Z";
    expect(toldCorrected(RACE, { from: "Roy", to: "Roï" }, at).en).toMatch(/^Corrected on .*: “Roy” is now “Roï”\.$/);
    const told = toldCancelled(RACE, { en: "A name was wrong", fr: "Un nom était faux." }, at);
    expect(told.en).toMatch(/^This vote was cancelled on .* The reason: A name was wrong\. Nobody can vote any more\./);
    expect(told.fr).toMatch(/Le motif\u00a0: Un nom était faux\. Plus personne ne peut voter\./);
  });
});
