import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { type ContestResults, nistReport } from "#admin/elections/nist-errc.ts";
import { chooseRace, law, race, rankedRace, transferRace } from "#test/definitions.ts";
import { lawCount, publicly, rankedCount, singleCount } from "#test/published/examples.ts";

/** Reports against the schema that NIST publishes with SP 1500-100 v2 (usnistgov/ElectionResultsReporting). */

const SCHEMA = new URL("../fixtures/nist-sp-1500-100/election-results-reporting-v2.json", import.meta.url);
const OFFICE = { name: "Bureau des élections", abbreviation: "BDÉ" };

const Schema = z.object({
  definitions: z.record(z.string(), z.object({ properties: z.record(z.string(), z.unknown()).optional() })),
});
const RefTypes = z.object({ refTypes: z.array(z.string()) });

const ONE_REGION = {
  seats: 2,
  regions: [{ regionId: "1", name: { fr: "Un", en: "One" } }],
  candidates: ["1", "2"].map((candidateId) => ({
    candidateId,
    firstName: "A",
    lastName: candidateId,
    regionIds: ["1"],
  })),
};

const cases: Readonly<Record<string, ContestResults>> = {
  law: { election: publicly(law({ quorum: "1/4" })), contests: [lawCount] },
  "single choice in two regions": {
    election: publicly(race()),
    contests: [singleCount({ 1: 2, 2: 5 }), singleCount({ 3: 0 }, { region_id: "2" })],
  },
  "names to mark for two seats": {
    election: publicly(chooseRace(ONE_REGION)),
    contests: [
      singleCount(
        { 1: 2, 2: 2 },
        {
          voting_method: "choose",
          total: 3,
          outcome: { kind: "elected", candidate_ids: ["1", "2"], tie_over: null, elected: ["1", "2"], open_seats: 0 },
        },
      ),
    ],
  },
  "single transferable vote": {
    election: publicly(transferRace(ONE_REGION)),
    contests: [
      {
        ...rankedCount,
        voting_method: "stv",
        rounds: (rankedCount.rounds ?? []).map((round) => ({
          ...round,
          candidates: [{ candidate_id: "1", votes: 2.33333, percentage: 50 }],
        })),
        outcome: { kind: "elected", candidate_ids: ["1", "2"], tie_over: null, elected: ["1", "2"], open_seats: 0 },
      },
    ],
  },
  "ranked choice": { election: publicly(rankedRace()), contests: [rankedCount] },
  "withheld result": {
    election: { ...publicly(race()), status: "open" },
    contests: [
      {
        ...singleCount({}, { withheld: "after-close", status: "open" }),
        ...{ total: null, blank: null, spoiled: null },
        candidates: [{ candidate_id: "1", name: "Ada Roy", party: null, colour: null, votes: null, percentage: null }],
      },
    ],
  },
};

let validate: (report: unknown) => string;
let refTypesOf: (type: string, property: string) => readonly string[] | undefined;

beforeAll(async () => {
  const published: unknown = JSON.parse(await readFile(SCHEMA, "utf8"));
  const { definitions } = Schema.parse(published);
  // Draft 4 and draft 7 mean the same by every keyword that it uses; `refTypes` is NIST's own.
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const { $schema: _, ...schema } = z.looseObject({}).parse(published);
  const valid = ajv.compile(schema);
  validate = (report) => (valid(report) ? "" : ajv.errorsText(valid.errors));
  refTypesOf = (type, property) => {
    const found = RefTypes.safeParse(definitions[type]?.properties?.[property]);
    const ofItems = z.object({ items: RefTypes }).safeParse(definitions[type]?.properties?.[property]);
    return found.data?.refTypes ?? ofItems.data?.items.refTypes;
  };
});

type Found = Readonly<{ "@type": string; "@id"?: string | undefined }> & Readonly<Record<string, unknown>>;

/** Every object of a report. */
function objectsOf(value: unknown): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  const object = z.object({ "@type": z.string(), "@id": z.string().optional() }).loose().safeParse(value).data;
  return object === undefined ? [] : [object, ...Object.values(object).flatMap(objectsOf)];
}

describe.each(Object.entries(cases))("the NIST report of a %s", (_, found) => {
  test("is valid against the published schema", () => {
    expect(validate(nistReport(found, OFFICE))).toBe("");
  });

  test("has every id once, and refers only to objects of the right type", () => {
    const objects = objectsOf(nistReport(found, OFFICE));
    const types = new Map(objects.flatMap((one) => (one["@id"] === undefined ? [] : [[one["@id"], one["@type"]]])));
    const ids = objects.flatMap((one) => one["@id"] ?? []);
    expect(ids).toHaveLength(types.size);
    const references = objects.flatMap((one) =>
      Object.entries(one).flatMap(([property, value]) => {
        const allowed = refTypesOf(one["@type"], property);
        return allowed === undefined ? [] : [value].flat().map((id) => ({ property, id, allowed }));
      }),
    );
    expect(references.length).toBeGreaterThan(0);
    for (const { property, id, allowed } of references) {
      expect({ property, id, isAllowed: allowed.includes(types.get(String(id)) ?? "none") }).toMatchObject({
        isAllowed: true,
      });
    }
  });
});

test("the NIST report has the votes of each round, who won, and what was rejected", () => {
  const ranked = objectsOf(nistReport({ election: publicly(rankedRace()), contests: [rankedCount] }, OFFICE));
  const of = (type: string) => ranked.filter((one) => one["@type"] === `ElectionResults.${type}`);
  expect(of("VoteCounts").map(({ Round, Count }) => [Round, Count])).toEqual([
    [1, 3],
    [1, 1],
  ]);
  expect(of("Candidate").map((one) => one.PostElectionStatus)).toEqual(["winner", "defeated"]);
  expect(of("BallotCounts")).toMatchObject([{ BallotsCast: 5, BallotsRejected: 0, GpUnitId: "unit-1" }]);
  expect(of("OtherCounts")).toMatchObject([{ Undervotes: 1 }]);
  expect(ranked[0]).toMatchObject({ Status: "unofficial-complete", Issuer: OFFICE.name });
});

test("the NIST report of an election for rehearsal is a test's", () => {
  const title = { fr: "ESSAI", en: "TEST" };
  const report = nistReport({ election: publicly(rankedRace({ test: true, title })), contests: [rankedCount] }, OFFICE);
  expect(validate(report)).toBe("");
  expect(report).toMatchObject({ IsTest: true });
});

test("a schema that refuses nothing would be noticed", () => {
  expect(validate({ ...nistReport(cases.law as ContestResults, OFFICE), Status: "done" })).toContain("Status");
});
