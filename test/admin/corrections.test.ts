import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { correctElection, correctTexts } from "#admin/elections/correction.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { correctionsIn } from "#core/corrections.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Changes } from "#core/opening.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection } from "#storage/registered-elections.ts";
import { ensureSigningKey, signStatement } from "#storage/signing-key.ts";
import { ballots, CLOSED, choice, liesIn, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { law, race } from "#test/definitions.ts";

/** Names and texts that are corrected once the opening is stated. */

const CONTACT = { fr: "le bureau, au 1 855 555-0142", en: "the office, at 1 855 555-0142" };

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const { candidates: STANDING } = race() as Extract<ElectionDefinition, { votingMethod: "single_choice" }>;

/** A race whose candidates differ in these fields. */
const withCandidates = (electionId: string, changes: Record<string, object>, more = {}) =>
  race({
    electionId,
    candidates: STANDING.map((candidate) => ({ ...candidate, ...changes[candidate.candidateId] })),
    ...more,
  });

async function opened(electionId: string): Promise<ElectionDefinition> {
  const definition = race({ electionId });
  const before = { who: "Ada", atMs: Date.parse("2024-12-01T00:00:00Z") };
  await applyElection(office.connection, definition, before);
  await stateOpening(office.connection, electionId, before);
  return definition;
}
const correct = (definition: ElectionDefinition, reason?: string) =>
  correctElection(office.connection, definition, { who: "Bo", ...(reason !== undefined && { reason }) });
const registered = async (electionId: string) => (await findElection(office.connection, electionId))?.definition;

describe("correcting a definition", () => {
  test("names, a party, a biography, the summary and the contact are corrected, told, and survive the next deployment", async () => {
    const before = await opened("K1");
    const bio = { fr: "Ingénieure.", en: "Engineer." };
    const summary = { fr: "Un siège par région.", en: "One seat per region." };
    const party = { partyId: "p", name: { fr: "Parti vert", en: "Green Party" }, colour: "#1d4ed8" };
    const after = withCandidates(
      "K1",
      { "1": { lastName: "Roï", bio } },
      { contact: CONTACT, summary, parties: [party] },
    );
    const { record, newest } = await correct(after, "misspelt on the nomination paper");
    expect(record).toMatchObject({
      who: "Bo",
      what: expect.stringContaining("candidates.1.lastName from “Roy” to “Roï”"),
    });
    expect(record.what).toMatch(/; reason: misspelt on the nomination paper$/);
    expect(newest).toMatch(/^[0-9a-f]{64}$/);
    const definition = await registered("K1");
    expect(definition).toMatchObject({ ...after, corrections: expect.anything() });
    expect(definition?.corrections?.map(({ of, from }) => [of, from])).toEqual([
      ["summary", null],
      ["contact", null],
      ["parties.p.name", { fr: "Parti", en: "Party" }],
      ["candidates.1.lastName", "Roy"],
      ["candidates.1.bio", null],
    ]);
    for (const file of [before, after]) {
      expect(await applyElection(office.connection, file, { who: "deployment" })).toBe("unchanged");
    }
    const shown = (regionId: string) => correctionsIn(definition ?? before, regionId).map(({ of }) => of);
    expect(shown("2")).toEqual(["summary", "contact", "parties.p.name"]);
    expect(shown("1")).toHaveLength(5);
  });

  test("a correction can itself be corrected, and both are told", async () => {
    await opened("K2");
    await correct(withCandidates("K2", { "1": { lastName: "Roï" } }));
    await correct(withCandidates("K2", {}));
    expect((await registered("K2"))?.corrections?.map(({ from, to }) => [from, to])).toEqual([
      ["Roy", "Roï"],
      ["Roï", "Roy"],
    ]);
  });

  test("texts that are named one by one are corrected as a file's are", async () => {
    await opened("KN1");
    await opened("KN2");
    const name = { fr: "Parti vert", en: "Green Party" };
    const texts = [
      { of: "contact", to: CONTACT },
      { of: "parties.p.name", to: name },
      { of: "candidates.1.lastName", to: "Roï" },
      // As it is.
      { of: "candidates.2.lastName", to: STANDING[1]?.lastName ?? "" },
    ];
    const options = { who: "Bo", reason: "misspelt", atMs: Date.now() };
    const { record } = await correctTexts(office.connection, "KN1", texts, options);
    const party = { partyId: "p", name, colour: "#1d4ed8" };
    const file = withCandidates("KN2", { "1": { lastName: "Roï" } }, { contact: CONTACT, parties: [party] });
    const { record: other } = await correctElection(office.connection, file, options);
    expect(record).toEqual(other);
    expect(await registered("KN1")).toEqual({ ...(await registered("KN2")), electionId: "KN1" });
  });

  test.each<[string, readonly Readonly<{ of: string; to: string }>[], RegExp]>([
    ["of nobody who stands", [{ of: "candidates.9.lastName", to: "Roï" }], /has no candidates.9.lastName/],
    ["that is no text", [{ of: "candidates.1.candidateId", to: "7" }], /has no candidates.1.candidateId/],
    [
      "of another candidate",
      (["firstName", "lastName"] as const).map((name) => ({
        of: `candidates.1.${name}`,
        to: STANDING[1]?.[name] ?? "",
      })),
      /name of another candidate/,
    ],
    ["with nothing new", [{ of: "candidates.1.lastName", to: "Roy" }], /has these names and texts already/],
  ])("a text %s is refused, and changes nothing", async (_, texts, why) => {
    const electionId = `KT${texts[0]?.to.length}-${texts[0]?.of.length}`;
    await opened(electionId);
    const before = await registered(electionId);
    expect(await refusal(correctTexts(office.connection, electionId, texts, { who: "Bo" }))).toMatch(why);
    expect(await registered(electionId)).toEqual(before);
  });

  test.each<[string, object, RegExp]>([
    [
      "a candidate’s id",
      { candidates: STANDING.map((one) => ({ ...one, candidateId: `${one.candidateId}0` })) },
      /candidates cannot change/,
    ],
    [
      "a candidate’s region",
      { candidates: [{ ...STANDING[0], lastName: "Roï", regionIds: ["1", "2"] }, ...STANDING.slice(1)] },
      /candidates cannot change/,
    ],
    [
      "the rules too",
      { candidates: [{ ...STANDING[0], lastName: "Roï" }, ...STANDING.slice(1)], allowBlank: true },
      /allowBlank cannot change/,
    ],
    [
      "a name to another candidate’s",
      { candidates: [{ ...STANDING[0], firstName: "bo", lastName: "Lee" }, ...STANDING.slice(1)] },
      /name of another candidate/,
    ],
    [
      "two names to each other’s",
      {
        candidates: [
          { ...STANDING[0], firstName: "Bo", lastName: "Lee" },
          { ...STANDING[1], firstName: "Ada", lastName: "Roy" },
          STANDING[2],
        ],
      },
      /name of another candidate/,
    ],
    ["nothing", {}, /has these names and texts already/],
  ])("%s is refused, and changes nothing", async (what, change, said) => {
    const electionId = `K-${what.replaceAll(/\W/g, "").slice(0, 20)}`;
    await opened(electionId);
    const before = await registered(electionId);
    expect(await refusal(correct(race({ electionId, ...change })))).toMatch(said);
    expect(await registered(electionId)).toEqual(before);
  });

  test("is refused before the opening is stated, after closing, and in a definition’s file", async () => {
    const definition = race({ electionId: "K3" });
    await applyElection(office.connection, definition, { who: "Ada" });
    expect(await refusal(correct(withCandidates("K3", { "1": { lastName: "Roï" } })))).toMatch(/apply the definition/);
    await stateOpening(office.connection, "K3", { who: "Ada" });
    const late = { who: "Bo", atMs: Date.parse("2100-01-01T00:00:00Z") };
    const after = withCandidates("K3", { "1": { lastName: "Roï" } });
    expect(await refusal(correctElection(office.connection, after, late))).toMatch(/has closed/);
    const corrections = [{ correctedAt: "2026-01-01T00:00:00Z", of: "summary", from: null, to: CONTACT }];
    const attempt = applyElection(office.connection, race({ electionId: "K4", corrections }), { who: "Ada" });
    expect(await refusal(attempt)).toMatch(/corrections/);
  });
});

test("a corrected election is certified as corrected, and a forged correction is caught", async () => {
  const { connection } = office;
  await holdElection(office, law({ electionId: "K5", ...CLOSED }), { all: 3 }, ballots(2, "all", choice("oui")));
  const atMs = Date.parse("2025-01-01T08:00:00Z");
  const corrected = law({ electionId: "K5", ...CLOSED, contact: CONTACT });
  const { newest: published } = await correctElection(connection, corrected, { who: "Bo", atMs });
  const folder = office.path("corrected");
  const {
    fingerprint: signedBy,
    opening,
    certificate,
  } = await certifyElection(connection, "K5", { out: folder, ...OFFICER });
  expect(certificate.definition).toMatchObject({ contact: CONTACT, corrections: [{ of: "contact", from: null }] });
  const { checks } = await verifyBundle(folder, { signedBy, opening, change: published });
  expect(checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
  const undated = await verifyBundle(folder, { signedBy, opening });
  expect(undated.checks.filter(({ isTrue }) => isTrue !== true).map(({ name }) => name)).toEqual(["changes"]);
  expect(checks.find(({ name }) => name === "changes")?.finding).toMatchObject({ corrections: 1 });

  const file = join(folder, "changes.json");
  const [change] = Changes.parse(JSON.parse(await readFile(file, "utf8")));
  const key = await ensureSigningKey(connection, "K5");
  const forged = { ...change?.statement, corrected: [{ of: "contact", from: CONTACT, to: { fr: "x", en: "x" } }] };
  await writeFile(file, canonicalText([{ statement: forged, signature: signStatement(key, forged) }]));
  expect(await liesIn(folder, { signedBy, opening })).toEqual(expect.arrayContaining(["changes", "definition"]));
});
