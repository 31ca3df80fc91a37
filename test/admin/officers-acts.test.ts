import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatVerification } from "#admin/commands/certification-report.ts";
import { describeLotOutcome, formatElection } from "#admin/commands/election-report.ts";
import { drawLot } from "#admin/elections/lots.ts";
import { recordSigned } from "#admin/elections/opening.ts";
import { withdrawCandidate } from "#admin/elections/withdrawal.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { withLot } from "#core/officers-acts.ts";
import { Changes } from "#core/opening.ts";
import type { Selection } from "#core/selection.ts";
import { stateChange } from "#storage/election-changes.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection, findStored } from "#storage/registered-elections.ts";
import { ensureSigningKey, signStatement } from "#storage/signing-key.ts";
import { AFTERWARDS, ballots, CLOSED, liesIn, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { chooseRace, law, race, rankedRace, transferRace } from "#test/definitions.ts";

/** Candidates who withdraw, and lots that are drawn: in the signed chain, in the count, and in what anyone verifies. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const NOON = Date.parse("2025-01-01T12:00:00Z");
const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
const rank = (...candidateIds: string[]): Selection => ({ kind: "ranking", candidateIds });
const oneRegion = [{ regionId: "1", name: { fr: "Un", en: "One" } }];
const candidates = ["1", "2", "3"].map((candidateId) => {
  return { candidateId, firstName: "A", lastName: candidateId, regionIds: ["1"] };
});

async function changesIn(folder: string) {
  return Changes.parse(JSON.parse(await readFile(join(folder, "changes.json"), "utf8")));
}

describe("a candidate who withdraws", () => {
  test("is in the signed chain, and ballots for them are void in count and verification; the file applies as before", async () => {
    const { connection } = office;
    const definition = race({ electionId: "W1", ...CLOSED, regions: oneRegion, candidates });
    const handedIn = [...ballots(3, "1", vote("1")), ...ballots(2, "1", vote("2")), ...ballots(1, "1", vote("3"))];
    await holdElection(office, definition, { "1": 9 }, handedIn);
    const { record, newest } = await withdrawCandidate(connection, "W1", "1", {
      who: "Ada",
      reason: "ill",
      atMs: NOON,
    });
    expect(record).toMatchObject({ who: "Ada", what: "candidate 1 (A 1) withdrew; reason: ill" });
    expect(await applyElection(connection, definition, { who: "deployment", atMs: NOON })).toBe("unchanged");
    const election = await findElection(connection, "W1");
    if (election === undefined) throw new Error("W1 is gone");
    expect(formatElection(election, NOON)).toContain("candidate 1 (A 1) withdrew; reason: ill");

    const out = office.path("w1");
    const { certificate, fingerprint, opening } = await certifyElection(connection, "W1", { out, ...OFFICER });
    expect(certificate.contests[0]).toMatchObject({
      votes: { "1": 0, "2": 2, "3": 1 },
      total: 3,
      spoiled: 3,
      seat: { kind: "elected", candidateId: "2" },
    });
    const expected = { signedBy: fingerprint, opening, ...(newest !== undefined && { change: newest }) };
    const verification = await verifyBundle(out, expected);
    expect(verification.checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
    expect(formatVerification(verification)).toContain("0 of the times, 0 of the roll, 1 of who withdrew");
    // Whoever signs could have dated it back once the count was known.
    const undated = await verifyBundle(out, { signedBy: fingerprint, opening });
    const { sha256 } = (await findElection(connection, "W1"))?.opening ?? {};
    const before = await verifyBundle(out, {
      signedBy: fingerprint,
      opening,
      ...(sha256 !== undefined && { change: sha256 }),
    });
    for (const { checks } of [undated, before]) {
      expect(checks.filter(({ isTrue }) => isTrue !== true).map(({ name, isTrue }) => [name, isTrue])).toEqual([
        ["changes", undefined],
      ]);
    }
    expect(formatVerification(undated)).toContain("1 of who withdrew or of texts may have been dated back");
    expect((await changesIn(out)).map(({ statement }) => statement)).toMatchObject([
      { kind: "withdrawal", candidateId: "1", by: "Ada", reason: "ill" },
    ]);

    const key = await ensureSigningKey(connection, "W1");
    const [link] = await changesIn(out);
    const forge = async (change: object) => {
      const statement = { ...link?.statement, ...change };
      await writeFile(
        join(out, "changes.json"),
        canonicalText([{ statement, signature: signStatement(key, statement) }]),
      );
      return liesIn(out, { signedBy: fingerprint, opening });
    };
    expect(await forge({ candidateId: "3" })).toEqual(["definition"]);
    expect(await forge({ candidateId: "9" })).toEqual(["changes", "definition"]);
    expect(await forge({ statedAt: "2025-01-02T01:00:00.000Z" })).toEqual(["changes", "definition"]);
    await writeFile(join(out, "changes.json"), canonicalText([]));
    expect(await liesIn(out)).toEqual(["definition", "acts"]);
  });

  test("must stand, and can withdraw only once, before closing, and not as the last of a region", async () => {
    const { connection } = office;
    const definition = race({
      electionId: "W2",
      ...CLOSED,
      candidates: candidates.map((one, index) => ({ ...one, regionIds: [index === 0 ? "1" : "2"] })),
    });
    await applyElection(connection, definition, { who: "Ada" });
    await applyElection(connection, law({ electionId: "W3", ...CLOSED }), { who: "Ada" });
    const act = { who: "Ada", atMs: NOON };
    expect(await refusal(withdrawCandidate(connection, "W2", "9", act))).toContain(
      "No candidate 9 stands in election W2",
    );
    expect(await refusal(withdrawCandidate(connection, "W2", "1", act))).toContain("nobody stands in region 1");
    expect(await refusal(withdrawCandidate(connection, "W3", "1", act))).toContain("W3 is a law");
    expect(await refusal(withdrawCandidate(connection, "W2", "2", { who: "Ada", atMs: AFTERWARDS }))).toContain(
      "has closed",
    );
    expect(await findElection(connection, "W2")).toMatchObject({ definition, stateChanges: [{ what: "registered" }] });
    const { record, newest } = await withdrawCandidate(connection, "W2", "2", act);
    expect([record.what, newest]).toEqual(["candidate 2 (A 2) withdrew; reason not given", undefined]);
    expect(await refusal(withdrawCandidate(connection, "W2", "2", act))).toContain(
      "withdrew at 2025-01-01T12:00:00.000Z already",
    );
    const forged = {
      electionId: "W4",
      ...CLOSED,
      regions: oneRegion,
      candidates: candidates.map((one) => ({ ...one, withdrawnAt: CLOSED.opensAt })),
    };
    expect(await refusal(applyElection(connection, race(forged), { who: "Ada" }))).toContain(
      "candidates[0].withdrawnAt, candidates[1].withdrawnAt, candidates[2].withdrawnAt cannot stand in a definition's file",
    );
  });
});

describe("a lot drawn after closing", () => {
  const drawn = { who: "Ada", witnesses: ["Bo Lee", "Cy Fox"], atMs: AFTERWARDS };

  test("gives a tied seat of a single choice away, in certificate and verification", async () => {
    const { connection } = office;
    const handedIn = [...ballots(2, "1", vote("1")), ...ballots(2, "1", vote("2")), ...ballots(1, "2", vote("3"))];
    await holdElection(office, race({ electionId: "D1", ...CLOSED }), { "1": 4, "2": 1 }, handedIn);
    const before = office.path("d1-tie");
    const { certificate: tied } = await certifyElection(connection, "D1", { out: before, ...OFFICER });
    expect(tied.contests.map(({ seat }) => seat)).toEqual([
      { kind: "tie", tied: ["1", "2"], over: "win" },
      { kind: "elected", candidateId: "3" },
    ]);

    const lot = (options: object) =>
      drawLot(connection, "D1", { regionId: "1", order: ["2", "1"], ...drawn, ...options });
    const told = [
      [{ regionId: undefined }, "say which (--region)"],
      [{ regionId: "9" }, "has no region 9: its regions are 1, 2"],
      [{ regionId: "2" }, "There is no tie in region 2 of election D1: elected without a lot: 3 (Cy Fox)"],
      [{ order: ["2"] }, "The tie over the win in region 1 of election D1 is between 1 (Ada Roy), 2 (Bo Lee)"],
      [{ order: ["2", "2"] }, "name each of them once, the first drawn first (--order)"],
      [{ order: ["2", "1", "3"] }, "name each of them once, the first drawn first (--order)"],
      [{ witnesses: [] }, "--witness"],
      [{ witnesses: ["Bo Lee", " "] }, "--witness"],
      [{ atMs: NOON }, "this can only be done afterwards"],
    ] as const;
    const known = await findElection(connection, "D1");
    for (const [options, sentence] of told) expect(await refusal(lot(options))).toContain(sentence);
    expect(await findElection(connection, "D1")).toEqual(known);

    const { record, newest, outcome } = await lot({ reason: "Elections Act, s. 61" });
    expect(record.what).toBe(
      "lot drawn over the win in region 1 of election D1: 2, 1; witnesses: Bo Lee, Cy Fox; reason: Elections Act, s. 61",
    );
    expect(describeLotOutcome(outcome)).toContain("candidate 2");
    expect(await refusal(lot({}))).toContain("There is no tie in region 1");

    const out = office.path("d1");
    const { certificate, fingerprint, opening } = await certifyElection(connection, "D1", { out, ...OFFICER });
    expect(certificate.contests[0]?.seat).toEqual({ kind: "elected", candidateId: "2", byLot: ["1", "2"] });
    const verification = await verifyBundle(out, { signedBy: fingerprint, opening, change: newest });
    expect(
      verification.checks.filter(({ isTrue }) => isTrue !== true).map(({ name, isTrue }) => [name, isTrue]),
    ).toEqual([
      // Nothing but those who watched shows that it was drawn so.
      ["lots", undefined],
    ]);
    expect(formatVerification(verification)).toMatch(/region 1: 2, 1, drawn 2025-01-03T.* watched by Bo Lee, Cy Fox/);

    const key = await ensureSigningKey(connection, "D1");
    const [link] = await changesIn(out);
    const forge = async (change: object) => {
      const statement = { ...link?.statement, ...change };
      await writeFile(
        join(out, "changes.json"),
        canonicalText([{ statement, signature: signStatement(key, statement) }]),
      );
      return liesIn(out, { signedBy: fingerprint, opening });
    };
    const drawnThere = { regionId: "1", order: ["2", "1"], drawnAt: new Date(AFTERWARDS).toISOString() };
    const other = (change: object) => ({ lot: { ...drawnThere, ...change } });
    expect(await forge(other({ order: ["1", "2"] }))).toEqual(["definition"]);
    expect(await forge(other({ order: ["1", "9"] }))).toEqual(["changes", "definition"]);
    expect(await forge(other({ regionId: "9" }))).toEqual(["changes", "definition"]);
    expect(await forge({ statedAt: "2025-01-01T12:00:00.000Z" })).toEqual(["changes"]);
  });

  test("is not certified where whoever can sign recorded one that names others than those tied", async () => {
    const { connection } = office;
    const handedIn = [...ballots(2, "1", vote("1")), ...ballots(2, "1", vote("2")), ...ballots(1, "1", vote("3"))];
    const definition = race({ electionId: "D5", ...CLOSED, regions: oneRegion, candidates });
    await holdElection(office, definition, { "1": 5 }, handedIn);
    const stored = await findStored(connection, "D5");
    if (stored?.election.opening === undefined) throw new Error("D5 is stated");
    const { opening } = stored.election;
    const lot = { regionId: "1", order: ["3", "2", "1"], drawnAt: new Date(AFTERWARDS).toISOString() };
    const after = withLot(stored.election.definition, lot);
    const record = stateChange("lot drawn", { who: "Mallory", atMs: AFTERWARDS });
    const change = { kind: "lot" as const, lot, witnesses: ["Bo Lee"], by: "Mallory" };
    await recordSigned(connection, stored, opening, change, record, { definition: after });
    expect(await refusal(certifyElection(connection, "D5", { out: office.path("d5"), ...OFFICER }))).toContain(
      "Lot 1 of election D5 names others than those who were tied",
    );
  });

  test("lets a ranked count go on to another tie, which needs a lot of its own", async () => {
    const { connection } = office;
    const four = ["A", "B", "C", "D"].map((candidateId) => {
      return { candidateId, firstName: "A", lastName: candidateId, regionIds: ["1"] };
    });
    const definition = rankedRace({ electionId: "D2", ...CLOSED, regions: oneRegion, candidates: four });
    const handedIn = [
      ...ballots(3, "1", rank("D")),
      ...ballots(2, "1", rank("B")),
      ...ballots(2, "1", rank("A", "B")),
      ...ballots(1, "1", rank("C", "B")),
      ...ballots(2, "1", rank("C")),
    ];
    await holdElection(office, definition, { "1": 10 }, handedIn);
    expect(await refusal(drawLot(connection, "D2", { order: ["C", "D"], ...drawn }))).toContain(
      "The tie over an elimination in region 1 of election D2 is between A (A A), B (A B)",
    );
    const first = await drawLot(connection, "D2", { order: ["A", "B"], ...drawn });
    expect(describeLotOutcome(first.outcome)).toBe(
      "another tie    over the win, between C, D: draw a lot between them too",
    );
    const second = await drawLot(connection, "D2", { order: ["D", "C"], ...drawn });
    expect(second.outcome).toEqual({ kind: "elected", candidateId: "D" });
    const out = office.path("d2");
    const { certificate } = await certifyElection(connection, "D2", { out, ...OFFICER });
    expect(certificate.contests[0]?.ranked?.rounds.map(({ tieBreak }) => tieBreak?.by)).toEqual([
      "lot-after-closing",
      undefined,
      "lot-after-closing",
    ]);
    expect(await liesIn(out)).toEqual([]);
  });

  test("gives the last of several seats away, by marks or over an elimination", async () => {
    const { connection } = office;
    const council = { ...CLOSED, regions: oneRegion, candidates, seats: 2 };
    const marks = (...candidateIds: string[]): Selection => ({ kind: "marks", candidateIds });
    await holdElection(office, chooseRace({ electionId: "D3", ...council }), { "1": 9 }, [
      ...ballots(2, "1", marks("1", "2")),
      ...ballots(2, "1", marks("1", "3")),
    ]);
    const ranked = [...ballots(5, "1", rank("1")), ...ballots(2, "1", rank("2")), ...ballots(2, "1", rank("3"))];
    await holdElection(office, transferRace({ electionId: "D4", ...council }), { "1": 9 }, ranked);
    for (const [electionId, over] of [
      ["D3", "the last seat"],
      ["D4", "an elimination"],
    ] as const) {
      expect(await refusal(drawLot(connection, electionId, { order: ["1", "3"], ...drawn }))).toContain(
        `The tie over ${over} in region 1 of election ${electionId} is between 2 (A 2), 3 (A 3)`,
      );
      const { outcome } = await drawLot(connection, electionId, { order: ["3", "2"], ...drawn });
      expect(outcome).toEqual({ kind: "several", elected: ["1", "3"] });
      const out = office.path(electionId);
      const { certificate } = await certifyElection(connection, electionId, { out, ...OFFICER });
      const { marked, transferred } = certificate.contests[0] ?? {};
      expect((marked ?? transferred)?.elected).toEqual(["1", "3"]);
      expect(await liesIn(out)).toEqual([]);
    }
  });
});
