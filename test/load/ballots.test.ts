import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSelection } from "#core/selection.ts";
import { optionKey } from "#load/shared/accounting.ts";
import { type Credential, drawBallots, optionOf, requestOf, shuffle } from "#load/shared/ballots.ts";
import { law, OPENING, race, rankedRace } from "#test/definitions.ts";

const single = race();
const elections = [law(), single, rankedRace()].map((definition) => ({ definition, publicKey: "", opening: OPENING }));

/** Chance that can be repeated: numbers drawn by a generator, brought within the bound. */
const chance = fc.infiniteStream(fc.nat()).map((numbers) => (bound: number) => (numbers.next().value ?? 0) % bound);

const credentials = (count: number): readonly Credential[] =>
  Array.from({ length: count }, (_, index) => ({ nas: String(100_000_000 + index), code: "ABC123" }));

test("every ballot drawn fits its contest, and the elections take turns", () => {
  fc.assert(
    fc.property(chance, fc.integer({ min: 1, max: 30 }), (random, count) => {
      drawBallots(elections, credentials(count), random).forEach(({ voter, definition, selection }, index) => {
        expect(definition).toBe(elections[index % elections.length]?.definition);
        expect(checkSelection(definition, voter.regionId, selection)).toMatchObject({ ok: true });
      });
    }),
  );
});

test("a request says what the API reads, and the tallies count it where it belongs", () => {
  const voter = { nas: "123456789", code: "ABC123", electionId: "E1", regionId: "1" };
  const ballot = { voter, definition: single, selection: { kind: "candidate", candidateId: "2" } } as const;
  const { path, body } = requestOf(ballot);
  expect(path).toBe("/api/v1/elections/vote");
  expect(JSON.parse(body)).toEqual({
    nas: "123456789",
    code: "ABC123",
    election_id: "E1",
    region_id: "1",
    voting_method: "single_choice",
    candidate_id: "2",
  });
  expect(optionOf(ballot)).toBe(optionKey("E1#1", "2"));
  const signed = { envelope: "c2VhbGVk", one_time_key: "a2V5", signature: "c2lnbmVk" };
  expect(JSON.parse(requestOf(ballot, signed).body)).toMatchObject(signed);
  expect(JSON.parse(requestOf(ballot, signed).body)).not.toHaveProperty("candidate_id");
});

test("a blank ballot is said as its kind of contest says it", () => {
  const voter = { nas: "123456789", code: "ABC123", electionId: "L1", regionId: "all" };
  const blank = { voter, selection: { kind: "blank" } } as const;
  expect(JSON.parse(requestOf({ ...blank, definition: law() }).body)).toMatchObject({ vote: "blank" });
  expect(JSON.parse(requestOf({ ...blank, definition: single }).body)).toMatchObject({ blank: true });
});

test("a shuffled list has the same members", () => {
  fc.assert(
    fc.property(chance, fc.array(fc.integer()), (random, list) => {
      expect([...shuffle(list, random)].sort()).toEqual([...list].sort());
    }),
  );
});
