import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { certifiedResult } from "#core/certified-result.ts";
import type { Selection } from "#core/selection.ts";
import { ensureSigningKey, signStatement } from "#storage/signing-key.ts";
import { ballots, CLOSED, liesIn, OFFICER } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { chooseRace, race, rankedRace, transferRace } from "#test/definitions.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const rank = (...candidateIds: string[]): Selection => ({ kind: "ranking", candidateIds });

describe("elections by region", () => {
  test("a single choice is certified by region and in total, and an envelope copied into another region is spoiled", async () => {
    const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
    const handedIn = [
      ...ballots(3, "1", vote("1")),
      ...ballots(2, "1", vote("2")),
      ...ballots(1, "2", "copy"),
      ...ballots(4, "2", vote("3")),
    ];
    await holdElection(office, race({ electionId: "C9", ...CLOSED }), { "1": 6, "2": 7 }, handedIn);
    const out = office.path("c9");
    const { certificate } = await certifyElection(office.connection, "C9", { out, ...OFFICER });
    expect(certificate.contests.map(({ votes }) => votes)).toEqual([{ "1": 3, "2": 2 }, { "3": 4 }]);
    expect(certificate.wholeCountry.votes).toEqual({ "1": 3, "2": 2, "3": 4 });
    expect(certificate.counts).toMatchObject({ onRoll: 13, cast: 10, counted: 9, spoiled: 1 });
    expect(certificate.onRoll).toEqual({ "1": 6, "2": 7 });
    expect(await liesIn(out)).toEqual([]);
  });

  test("marks for several seats are certified with who is elected and who is tied, and a changed seat is caught", async () => {
    const definition = chooseRace({
      electionId: "C13",
      ...CLOSED,
      regions: [{ regionId: "1", name: { fr: "Un", en: "One" } }],
      candidates: ["1", "2", "3"].map((candidateId) => {
        return { candidateId, firstName: "A", lastName: candidateId, regionIds: ["1"] };
      }),
      seats: 2,
    });
    const marks = (...candidateIds: string[]): Selection => ({ kind: "marks", candidateIds });
    const handedIn = [
      ...ballots(3, "1", marks("1", "2")),
      ...ballots(3, "1", marks("3", "1")),
      ...ballots(1, "1", "garbage"),
    ];
    await holdElection(office, definition, { "1": 9 }, handedIn);
    expect(await recountTallies(office.connection, "C13", { swap: false, ...OFFICER })).toMatchObject({
      ballots: 7,
      differences: [],
    });
    const out = office.path("c13");
    const { certificate } = await certifyElection(office.connection, "C13", { out, ...OFFICER });
    expect(certificate.counts).toMatchObject({ cast: 7, counted: 6, spoiled: 1 });
    expect(certificate.contests[0]).toMatchObject({
      votes: { "1": 6, "2": 3, "3": 3 },
      marked: { elected: ["1"], open: { tied: ["2", "3"], seats: 1 } },
    });
    expect(await liesIn(out)).toEqual([]);
    const file = join(out, "certificate.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll('"elected":["1"]', '"elected":["2"]'));
    expect(await liesIn(out)).toEqual(["signature", "recount 1", "recount"]);
  });

  test("a single transferable vote is certified to five decimals, and one that is changed is caught", async () => {
    const definition = transferRace({
      electionId: "C12",
      ...CLOSED,
      regions: [{ regionId: "1", name: { fr: "Un", en: "One" } }],
      candidates: ["1", "2", "3"].map((candidateId) => {
        return { candidateId, firstName: "A", lastName: candidateId, regionIds: ["1"] };
      }),
      seats: 2,
      tieBreakOrder: ["1", "2", "3"],
    });
    const handedIn = [...ballots(7, "1", rank("1", "2")), ...ballots(2, "1", rank("3"))];
    await holdElection(office, definition, { "1": 9 }, handedIn);
    const out = office.path("c12");
    const { certificate } = await certifyElection(office.connection, "C12", { out, ...OFFICER });
    expect(certificate.contests[0]?.transferred).toMatchObject({
      quota: 4,
      elected: ["1", "2"],
      rounds: [{ elected: ["1"], transfers: { "1": { "2": 2.99999 } } }, { lost: 0.00001, eliminated: ["3"] }, {}],
    });
    expect(await liesIn(out)).toEqual([]);
    const file = join(out, "certificate.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll("2.99999", "2.99998"));
    expect(await liesIn(out)).toEqual(["signature", "recount 1", "recount"]);
  });

  test("a ranked choice is certified with its rounds, and a changed transfer is caught", async () => {
    const candidates = ["1", "2", "3"].map((candidateId) => {
      return { candidateId, firstName: "A", lastName: candidateId, regionIds: ["1"] };
    });
    const definition = rankedRace({
      electionId: "C10",
      ...CLOSED,
      regions: [{ regionId: "1", name: { fr: "Un", en: "One" } }],
      candidates,
    });
    const handedIn = [
      ...ballots(4, "1", rank("1")),
      ...ballots(3, "1", rank("2", "1")),
      ...ballots(2, "1", rank("3", "2")),
    ];
    await holdElection(office, definition, { "1": 9 }, handedIn);
    const out = office.path("c10");
    const { certificate } = await certifyElection(office.connection, "C10", { out, ...OFFICER });
    expect(certificate.contests[0]?.ranked).toMatchObject({
      rounds: [{ eliminated: ["3"], transfers: { "2": 2 } }, { votes: { "1": 4, "2": 5 } }],
      outcome: { kind: "elected", candidateId: "2" },
    });
    expect(await liesIn(out)).toEqual([]);
    const file = join(out, "certificate.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/"transfers":\{"2":2/, '"transfers":{"2":1'));
    expect(await liesIn(out)).toEqual(["signature", "recount 1"]);
  });

  test("a ranked choice in which two got no vote elects all the same, and a certificate of before is verified by the rules of before", async () => {
    const candidates = ["1", "2", "3", "4", "5"].map((candidateId) => {
      return { candidateId, firstName: "A", lastName: candidateId, regionIds: ["1"] };
    });
    const definition = rankedRace({
      electionId: "C20",
      ...CLOSED,
      regions: [{ regionId: "1", name: { fr: "Un", en: "One" } }],
      candidates,
    });
    const handedIn = [
      ...ballots(4, "1", rank("1")),
      ...ballots(4, "1", rank("2", "3")),
      ...ballots(2, "1", rank("3", "2")),
    ];
    await holdElection(office, definition, { "1": 10 }, handedIn);
    const out = office.path("c20");
    const { certificate } = await certifyElection(office.connection, "C20", { out, ...OFFICER });
    expect(certificate.contests[0]?.ranked).toMatchObject({
      rounds: [{ eliminated: ["4", "5"], tieBreak: { tied: ["4", "5"], by: "together" } }, { eliminated: ["3"] }, {}],
      outcome: { kind: "elected", candidateId: "2" },
    });
    expect(await liesIn(out)).toEqual([]);

    const tally = new Map([
      ["1", 4],
      ["2>3", 4],
      ["3>2", 2],
    ]);
    const before = {
      ...certificate,
      format: "scrutin-certificate-3",
      ...certifiedResult(definition, new Map([["1", tally]]), 10, { isOld: true }),
    };
    expect(before.contests[0]?.ranked?.outcome).toEqual({ kind: "tie", tied: ["4", "5"], over: "elimination" });
    const signature = signStatement(await ensureSigningKey(office.connection, "C20"), before);
    await writeFile(join(out, "certificate.json"), canonicalText(before));
    await writeFile(join(out, "signature.json"), canonicalText(signature));
    expect(await liesIn(out)).toEqual([]);
    // But whoever signs could have chosen the format for the sake of its outcome.
    const rules = async (): Promise<readonly (boolean | undefined)[]> =>
      (await verifyBundle(out)).checks.filter(({ name }) => name === "rules").map(({ isTrue }) => isTrue);
    expect(await rules()).toEqual([undefined]);
  });

  test("a certificate of before may not choose its rules for the outcome of all regions together either", async () => {
    const regionIds = ["1", "2"];
    const definition = rankedRace({
      electionId: "C21",
      ...CLOSED,
      regions: regionIds.map((regionId) => ({ regionId, name: { fr: `R${regionId}`, en: `R${regionId}` } })),
      candidates: ["1", "2", "3", "4", "5"].map((candidateId) => {
        return { candidateId, firstName: "A", lastName: candidateId, regionIds };
      }),
    });
    const handedIn = [
      ...ballots(4, "1", rank("1")),
      ...ballots(4, "2", rank("2", "3")),
      ...ballots(2, "2", rank("3", "2")),
    ];
    await holdElection(office, definition, { "1": 4, "2": 6 }, handedIn);
    const out = office.path("c21");
    const { certificate } = await certifyElection(office.connection, "C21", { out, ...OFFICER });
    const tallies = new Map([
      ["1", new Map([["1", 4]])],
      [
        "2",
        new Map([
          ["2>3", 4],
          ["3>2", 2],
        ]),
      ],
    ]);
    const before = {
      ...certificate,
      format: "scrutin-certificate-3",
      ...certifiedResult(definition, tallies, 10, { isOld: true }),
    };
    const signature = signStatement(await ensureSigningKey(office.connection, "C21"), before);
    await writeFile(join(out, "certificate.json"), canonicalText(before));
    await writeFile(join(out, "signature.json"), canonicalText(signature));
    const rules = (await verifyBundle(out)).checks.filter(({ name }) => name === "rules");
    expect(rules).toEqual([
      { name: "rules", isTrue: undefined, finding: { kind: "old-rules", regions: ["all regions together"] } },
    ]);
  });
});
