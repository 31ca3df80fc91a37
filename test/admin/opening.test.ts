import { generateKeyPairSync } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countBox, sha256 } from "#admin/certification/box-count.ts";
import { ballotKeyText } from "#admin/certification/bundle-files.ts";
import { certifyElection } from "#admin/certification/certify.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatOpening } from "#admin/commands/election-report.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { extendElection } from "#admin/elections/times.ts";
import { importRoll } from "#admin/roll/import.ts";
import { type Certificate, writeBoxLine } from "#core/ballot-box.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { certifiedResult } from "#core/certified-result.ts";
import { sealEnvelope } from "#core/envelope.ts";
import { withWithdrawal } from "#core/officers-acts.ts";
import { type Selection, SPOILED } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { inParts, sha256Hex } from "#storage/definition-parts.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import { applyElection } from "#storage/election-register.ts";
import { electionsTable, openingTexts } from "#storage/elections-table.ts";
import { sealerTo } from "#storage/hpke.ts";
import { findElection } from "#storage/registered-elections.ts";
import { ensureSigningKey, signStatement } from "#storage/signing-key.ts";
import { exportPrivateKey, publicKeyOf } from "#storage/x25519.ts";
import { ballots, CLOSED, certifiedLaw, choice, liesIn, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

const BEFORE = Date.parse("2024-12-01T00:00:00Z");
const DURING = Date.parse("2025-01-01T12:00:00Z");

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const state = (electionId: string, atMs: number) => stateOpening(office.connection, electionId, { who: "Ada", atMs });

async function enrol(electionId: string, voters: readonly string[], atMs: number): Promise<void> {
  const rows = voters.map((nas) => `${nas},ABC123,all`);
  const file = await office.file(`${electionId}-${voters[0]}.csv`, ["nas,code,region_id", ...rows, ""].join("\n"));
  await importRoll(office.connection, electionId, file, { atMs });
}

describe("the opening statement", () => {
  test("fixes the definition: afterwards only the closing can move later, and the statement stays byte for byte", async () => {
    const definition = law({ electionId: "O1", ...CLOSED });
    await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE });
    await enrol("O1", ["100000000", "100000001"], BEFORE);
    const { outcome, sha256, voters } = await state("O1", BEFORE);
    expect([outcome, voters]).toEqual(["stated", 2]);
    const apply = (changed: object) =>
      applyElection(office.connection, { ...definition, ...changed }, { who: "Bo", atMs: BEFORE });
    expect(await refusal(apply({ minimumBallots: 3 }))).toContain(
      "has its opening stated: minimumBallots cannot change",
    );
    expect(await refusal(apply({ closesAt: "2025-01-01T18:00:00Z" }))).toContain("closesAt can only move later");
    await extendElection(office.connection, "O1", "2025-01-02T06:00:00Z", { who: "Bo", atMs: DURING });
    expect(await state("O1", DURING)).toMatchObject({ outcome: "unchanged", sha256 });
    const text = await openingTexts(office.connection.dynamodb, office.connection.electionsTable)("O1");
    expect(sha256Hex(text ?? "")).toBe(sha256);
  });

  test("is kept as it was signed, whatever a later version reads into a definition", async () => {
    const { documents, dynamodb, electionsTable: table } = office.connection;
    const definition = law({ electionId: "O8", ...CLOSED });
    await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE });
    await enrol("O8", ["100000000"], BEFORE);
    const { fingerprint } = await state("O8", BEFORE);
    // As a version whose schema had no minimumBallots, timeZone or verification would have stated and stored it.
    const { minimumBallots: _, timeZone: __, verification: ___, ...older } = definition;
    const before = (await findElection(office.connection, "O8"))?.opening;
    const statement = { ...before?.opening.statement, definition: older };
    const signature = signStatement(await ensureSigningKey(office.connection, "O8"), statement);
    const text = canonicalText({ statement, signature });
    const { attribute, parts } = inParts("O8", text);
    for (const [electionId, part] of parts) {
      await documents.send(new PutCommand({ TableName: table, Item: { electionId, part } }));
    }
    await documents.send(
      new UpdateCommand({
        TableName: table,
        Key: { electionId: "O8" },
        UpdateExpression: "SET opening = :opening, #definition = :definition",
        ExpressionAttributeNames: { "#definition": "definition" },
        ExpressionAttributeValues: { ":opening": attribute, ":definition": JSON.stringify(older) },
      }),
    );
    expect(await openingTexts(dynamodb, table)("O8")).toBe(text);
    expect((await electionsTable(dynamodb, table).find("O8"))?.opening).toBe(sha256Hex(text));
    await enrol("O8", ["100000001"], DURING);
    const out = office.path("o8");
    const { opening } = await certifyElection(office.connection, "O8", { out, ...OFFICER });
    expect([opening, await readFile(join(out, "opening.json"), "utf8")]).toEqual([sha256Hex(text), text]);
    const { checks } = await verifyBundle(out, { signedBy: fingerprint, opening });
    expect(checks.filter(({ isTrue }) => isTrue !== true).map(({ name }) => name)).toEqual(["roll"]);
  });

  test("that comes late opens voting: opensAt moves to the minute in which it is stated, and a repeated definition changes nothing", async () => {
    const definition = law({ electionId: "O9", ...CLOSED });
    await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE });
    const statement = await state("O9", DURING + 90_500);
    const { outcome, opensAt } = statement;
    expect([outcome, opensAt]).toEqual(["stated", new Date(DURING + 60_000).toISOString()]);
    expect(formatOpening("O9", statement, DURING + 90_500)).toContain("Voting is open: publish both at once");
    expect(await findElection(office.connection, "O9")).toMatchObject({
      definition: { opensAt },
      opening: { opening: { statement: { statedAt: opensAt, definition: { opensAt } } } },
    });
    expect(await applyElection(office.connection, definition, { who: "Bo", atMs: DURING + 100_000 })).toBe("unchanged");
  });

  test("commits to the roll: one more voter is another commitment, stated and signed after the first", async () => {
    await applyElection(office.connection, law({ electionId: "O2", ...CLOSED }), { who: "Ada", atMs: BEFORE });
    await enrol("O2", ["100000000"], BEFORE);
    const { sha256 } = await state("O2", BEFORE);
    await enrol("O2", ["100000001"], DURING);
    const opening = (await findElection(office.connection, "O2"))?.opening;
    expect(opening?.opening.statement.onRoll).toEqual({ all: 1 });
    expect(opening?.changes.map(({ statement }) => statement)).toMatchObject([
      { kind: "roll", onRoll: { all: 2 }, previous: sha256 },
    ]);
    const out = office.path("o2");
    const { fingerprint: signedBy } = await certifyElection(office.connection, "O2", { out, ...OFFICER });
    const { checks } = await verifyBundle(out, { signedBy, opening: sha256 });
    expect(checks.filter(({ isTrue }) => isTrue !== true).map(({ name, isTrue }) => [name, isTrue])).toEqual([
      ["roll", undefined],
    ]);
  });

  test("cannot be made once voting has closed", async () => {
    await applyElection(office.connection, law({ electionId: "O3", ...CLOSED }), { who: "Ada", atMs: BEFORE });
    expect(await refusal(state("O3", OFFICER.atMs))).toContain("can no longer be stated");
  });
});

/** Writes another certificate, signed with the election's own key, and names the lies. */
async function liesOnceForged(
  { folder, fingerprint, opening }: Readonly<{ folder: string; fingerprint: string; opening: string | undefined }>,
  electionId: string,
  forge: (certificate: Certificate) => object,
): Promise<readonly string[]> {
  const files = ["certificate.json", "signature.json"].map((name) => join(folder, name));
  const [certificateFile = "", signatureFile = ""] = files;
  const [before, signature] = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const certificate: Certificate = JSON.parse(before ?? "");
  const forged = { ...certificate, ...forge(certificate) };
  try {
    await writeFile(certificateFile, canonicalText(forged));
    const signed = signStatement(await ensureSigningKey(office.connection, electionId), forged);
    await writeFile(signatureFile, canonicalText(signed));
    return await liesIn(folder, { signedBy: fingerprint, opening });
  } finally {
    await writeFile(certificateFile, before ?? "");
    await writeFile(signatureFile, signature ?? "");
  }
}

describe("what the officer forges with the election's own signing key", () => {
  let bundle: Awaited<ReturnType<typeof certifiedLaw>>;
  beforeAll(async () => {
    bundle = await certifiedLaw(office, "O4");
  });
  const forgeLaw = (forge: (certificate: Certificate) => object) => liesOnceForged(bundle, "O4", forge);

  test("is not in an honest bundle", async () => {
    expect(await forgeLaw(() => ({}))).toEqual([]);
  });

  test.each([
    ["a required majority of two thirds", { requiredMajority: { kind: "at-least", share: "2/3" } }],
    ["a quorum", { quorum: 0.9 }],
    ["the question", { question: { fr: "Non ?", en: "No?" } }],
  ])("%s, with the outcome that follows from it", async (_, changed) => {
    const lies = await forgeLaw((certificate) => {
      const definition = { ...certificate.definition, ...changed } as Certificate["definition"];
      const tally = new Map([
        ["oui", 6],
        ["non", 4],
        ["-", 1],
        [SPOILED, 1],
      ]);
      return { definition, ...certifiedResult(definition, new Map([["all", tally]]), 20) };
    });
    expect(lies).toEqual(["definition"]);
  });

  test("a roll of another size, or one with an invented region", async () => {
    const counts = (certificate: Certificate, onRoll: number) => ({ counts: { ...certificate.counts, onRoll } });
    const larger = await forgeLaw((certificate) => ({ ...counts(certificate, 400), onRoll: { all: 400 } }));
    expect(larger).toContain("roll");
    const invented = await forgeLaw((certificate) => ({ ...counts(certificate, 21), onRoll: { all: 20, nowhere: 1 } }));
    expect(invented).toEqual(expect.arrayContaining(["roll", "regions of the roll"]));
    expect(await forgeLaw(() => ({ rollRoot: "0".repeat(64) }))).toEqual(["roll"]);
  });

  test("an opening that holds what can only come after it, published as it is", async () => {
    const openingFile = join(bundle.folder, "opening.json");
    const before = await readFile(openingFile, "utf8");
    const { statement } = JSON.parse(before);
    const cancelled = { at: statement.statedAt, reason: { fr: "Non.", en: "No." } };
    const early = { ...statement, definition: { ...statement.definition, cancelled } };
    const signature = signStatement(await ensureSigningKey(office.connection, "O4"), early);
    const forged = canonicalText({ statement: early, signature });
    await writeFile(openingFile, forged);
    const opening = sha256Hex(forged);
    const lies = await liesOnceForged({ ...bundle, opening }, "O4", () => ({ opening, definition: early.definition }));
    await writeFile(openingFile, before);
    expect(lies).toContain("opening");
  });

  test("all ballots made anew under another ballot key", async () => {
    const { privateKey } = generateKeyPairSync("x25519");
    const keyFile = join(bundle.folder, "ballot-key.txt");
    const before = await readFile(keyFile, "utf8");
    await writeFile(keyFile, `${Buffer.from(exportPrivateKey(privateKey)).toString("base64url")}\n`);
    const lies = await forgeLaw(() => ({ publicKey: publicKeyOf(privateKey) }));
    await writeFile(keyFile, before);
    expect(lies).toContain("public key");
  });

  test("all ballots made anew for the true opening, in a box, with a count and a key that agree", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("x25519");
    const files = ["ballot-box.ndjson", "ballot-key.txt"].map((name) => join(bundle.folder, name));
    const [boxFile = "", keyFile = ""] = files;
    const before = await Promise.all(files.map((file) => readFile(file, "utf8")));
    const stated = { definition: bundle.certificate.definition, opening: bundle.opening };
    const lines = Array.from({ length: 12 }, async () => {
      const oneTimeKey = makeOneTimeKey();
      const binding = { regionId: "all", oneTimeKey };
      const envelope = await sealEnvelope(sealerTo(publicKey), stated, binding, choice("non"));
      const trackingCode = trackingCodeOf(sha256(trackedBytes({ oneTimeKey, envelope })));
      const sealed = { oneTimeKey: toBase64Url(oneTimeKey), envelope: toBase64Url(envelope) };
      return writeBoxLine({ trackingCode, regionId: "all", ...sealed });
    });
    await writeFile(boxFile, `${(await Promise.all(lines)).sort().join("\n")}\n`);
    await writeFile(keyFile, ballotKeyText(exportPrivateKey(privateKey)));
    const { merkleRoot } = await countBox(boxFile, stated.definition, undefined);
    const lies = await forgeLaw(({ definition, counts }) => ({
      publicKey: publicKeyOf(privateKey),
      merkleRoot,
      counts: { ...counts, counted: 12, blank: 0, spoiled: 0 },
      ...certifiedResult(definition, new Map([["all", new Map([["non", 12]])]]), 20),
    }));
    await Promise.all(files.map((file, index) => writeFile(file, before[index] ?? "")));
    expect(lies).toEqual(["public key"]);
  });

  test("a public election relabelled for auditors, its key withheld and its counts invented", async () => {
    const keyFile = join(bundle.folder, "ballot-key.txt");
    const before = await readFile(keyFile, "utf8");
    await rm(keyFile);
    const lies = await forgeLaw(({ definition }) => ({ definition: { ...definition, verification: "auditors" } }));
    const withheld = await forgeLaw(() => ({}));
    await writeFile(keyFile, before);
    expect(lies).toEqual(["definition"]);
    expect(withheld).toEqual(["ballot key"]);
  });

  test("a certificate of before closing, or of an earlier closing", async () => {
    expect(await forgeLaw(() => ({ certifiedAt: "2025-01-01T23:59:59Z" }))).toEqual(["times"]);
    const earlier = ({ definition }: Certificate) => ({
      definition: { ...definition, closesAt: "2025-01-01T10:00:00Z" },
    });
    expect(await forgeLaw(earlier)).toEqual(["definition"]);
  });

  test("another opening statement, or none", async () => {
    const file = join(bundle.folder, "opening.json");
    const before = await readFile(file, "utf8");
    const { statement } = JSON.parse(before);
    const anew = { ...statement, statedAt: "2024-01-01T00:00:00.000Z" };
    const key = await ensureSigningKey(office.connection, "O4");
    await writeFile(file, canonicalText({ statement: anew, signature: signStatement(key, anew) }));
    expect(await forgeLaw(() => ({}))).toEqual(expect.arrayContaining(["opening"]));
    const other = await ensureSigningKey(office.connection, "O-other");
    await writeFile(file, canonicalText({ statement, signature: signStatement(other, statement) }));
    expect(await forgeLaw(() => ({}))).toEqual(expect.arrayContaining(["opening"]));
    await rm(file);
    expect(await forgeLaw(() => ({}))).toEqual(["opening"]);
    await writeFile(file, before);
  });

  test("candidates' names swapped, and the order drawn by lot changed after the vote", async () => {
    const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
    const handedIn = [...ballots(3, "1", vote("1")), ...ballots(1, "1", vote("2"))];
    await holdElection(office, race({ electionId: "O5", ...CLOSED }), { "1": 6, "2": 7 }, handedIn);
    const out = office.path("o5");
    const held = { folder: out, ...(await certifyElection(office.connection, "O5", { out, ...OFFICER })) };
    const swapped = await liesOnceForged(held, "O5", ({ definition }) => {
      if (definition.votingMethod === "referendum") return {};
      const [first, second, ...others] = definition.candidates;
      if (first === undefined || second === undefined) return {};
      const names = ({ firstName, lastName }: typeof first) => ({ firstName, lastName });
      const candidates = [{ ...first, ...names(second) }, { ...second, ...names(first) }, ...others];
      return { definition: { ...definition, candidates } };
    });
    expect(swapped).toEqual(["definition"]);
    const moved = ({ onRoll }: Certificate) => ({ onRoll: { ...onRoll, "1": 5, "2": 8 } });
    expect(await liesOnceForged(held, "O5", moved)).toEqual(["roll"]);

    const candidateIds = ["1", "2", "3"];
    const ranked = rankedRace({
      electionId: "O6",
      ...CLOSED,
      regions: [{ regionId: "1", name: { fr: "Un", en: "One" } }],
      candidates: candidateIds.map((candidateId) => ({ candidateId, firstName: "A", lastName: "B", regionIds: ["1"] })),
      tieBreakOrder: candidateIds,
    });
    await holdElection(office, ranked, { "1": 3 }, []);
    const folder = office.path("o6");
    const drawn = { folder, ...(await certifyElection(office.connection, "O6", { out: folder, ...OFFICER })) };
    const redrawn = ({ definition }: Certificate) => ({
      definition: { ...definition, tieBreakOrder: candidateIds.toReversed() },
    });
    expect(await liesOnceForged(drawn, "O6", redrawn)).toEqual(["definition"]);
  });
});

test("a roll that was changed without a statement is not certified", async () => {
  await holdElection(office, law({ electionId: "O7", ...CLOSED }), { all: 3 }, ballots(1, "all", choice("oui")));
  const [voter] = await office.roll("O7");
  const { documents, rollTable } = office.connection;
  await documents.send(new PutCommand({ TableName: rollTable, Item: { ...voter, hash: "x".repeat(43) } }));
  const certifying = certifyElection(office.connection, "O7", { out: office.path("o7"), ...OFFICER });
  expect(await refusal(certifying)).toContain("is not the one last stated");
});

test("a definition that was changed without a statement is not certified", async () => {
  const vote = (candidateId: string): Selection => ({ kind: "candidate", candidateId });
  const handedIn = [...ballots(3, "1", vote("1")), ...ballots(1, "1", vote("2"))];
  await holdElection(office, race({ electionId: "O-table", ...CLOSED }), { "1": 6 }, handedIn);
  const definition = (await findElection(office.connection, "O-table"))?.definition;
  if (definition === undefined) throw new Error("O-table is gone");
  const { documents, electionsTable: TableName } = office.connection;
  const withdrawn = withWithdrawal(definition, "1", new Date(DURING).toISOString());
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { electionId: "O-table" },
      UpdateExpression: "SET #definition = :definition",
      ExpressionAttributeNames: { "#definition": "definition" },
      ExpressionAttributeValues: { ":definition": JSON.stringify(withdrawn) },
    }),
  );
  const certifying = certifyElection(office.connection, "O-table", { out: office.path("o9"), ...OFFICER });
  expect(await refusal(certifying)).toContain("somebody changed candidates");
});
