import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PurgeQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { DeleteCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certifyElection } from "#admin/certify.ts";
import { shredPepper } from "#admin/shred.ts";
import { verifyBundle } from "#admin/verify.ts";
import type { Selection } from "#core/selection.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import { findElection } from "#functions/shared/election-register.ts";
import { readPepper } from "#functions/shared/election-secrets.ts";
import { Refusal } from "#functions/shared/refusal.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { type HandedIn, holdElection } from "#test/admin/polling-day.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

const CLOSED = { opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };
const AFTERWARDS = Date.parse("2025-01-03T00:00:00Z");
const OFFICER = { who: "Ada", atMs: AFTERWARDS };

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const choice = (answer: "oui" | "non"): Selection => ({ kind: "choice", choice: answer });
const ballots = (count: number, regionId: string, selection: HandedIn["selection"]): readonly HandedIn[] =>
  Array.from({ length: count }, () => ({ regionId, selection }));

/** Holds and certifies a law's referendum with one copy, one spoiled and one blank ballot among twelve. */
async function certifiedLaw(electionId: string, overrides = {}) {
  const definition = law({ electionId, allowBlank: true, ...CLOSED, ...overrides });
  const codes = await holdElection(
    office,
    definition,
    { all: 20 },
    [
      ...ballots(6, "all", choice("oui")),
      ...ballots(3, "all", choice("non")),
      ...ballots(1, "all", "copy"),
      ...ballots(1, "all", "garbage"),
      ...ballots(1, "all", { kind: "blank" }),
    ],
    ["duplicate", "duplicate", "unknown-credentials", "wrong-region"],
  );
  const folder = office.path(`bundle-${electionId}`);
  const auditorsKeyFile = office.path(`${electionId}.key`);
  const certified = await certifyElection(office.connection, electionId, { out: folder, auditorsKeyFile, ...OFFICER });
  return { folder, codes, auditorsKeyFile, ...certified };
}

const liesIn = async (folder: string, options = {}): Promise<readonly string[]> =>
  (await verifyBundle(folder, options)).checks.filter(({ isTrue }) => isTrue === false).map(({ name }) => name);

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Refusal);
  return error instanceof Refusal ? error.message : "";
};

describe("a certified law", () => {
  let bundle: Awaited<ReturnType<typeof certifiedLaw>>;
  beforeAll(async () => {
    bundle = await certifiedLaw("C1");
  });

  test("counts every ballot, a copied envelope among them, and says what became of every attempt", () => {
    expect(bundle.certificate.counts).toEqual({
      onRoll: 20,
      cast: 12,
      counted: 10,
      blank: 1,
      spoiled: 1,
      copies: 1,
      duplicates: 2,
      invalid: 2,
    });
    expect(bundle.certificate.wholeCountry.votes).toEqual({ oui: 6, non: 4 });
    expect(bundle.certificate.wholeCountry.outcome).toBe("adopted");
  });

  test("is found true by anyone, from its public files alone", async () => {
    const { checks } = await verifyBundle(bundle.folder);
    expect(checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
    expect(await liesIn(bundle.folder, { signedBy: bundle.fingerprint })).toEqual([]);
    expect(await liesIn(bundle.folder, { signedBy: "AAAA ".repeat(8) })).toEqual(["signature"]);
  });

  test("tells a voter whether their ballot is in the box, however they wrote the code down", async () => {
    for (const code of bundle.codes) {
      const { found } = await verifyBundle(bundle.folder, { trackingCode: groupTrackingCode(code).toLowerCase() });
      expect(found?.length).toBeGreaterThan(0);
    }
    expect((await verifyBundle(bundle.folder, { trackingCode: "A".repeat(20) })).found).toEqual([]);
  });

  test("publishes no hash, no time of a ballot and no secret but the ballot key", async () => {
    expect((await readdir(bundle.folder)).sort()).toEqual([
      "ballot-box.ndjson",
      "ballot-key.txt",
      "certificate.json",
      "signature.json",
    ]);
    const box = await readFile(join(bundle.folder, "ballot-box.ndjson"), "utf8");
    for (const line of box.trimEnd().split("\n")) {
      expect(Object.keys(JSON.parse(line))).toEqual(["trackingCode", "regionId", "envelope"]);
    }
    const pepper = Buffer.from((await readPepper(office.connection, "C1")) ?? []).toString("base64url");
    for (const name of await readdir(bundle.folder)) {
      expect(await readFile(join(bundle.folder, name), "utf8")).not.toContain(pepper);
    }
  });

  test("is recorded as certified, and its folder is never written over", async () => {
    expect((await findElection(office.connection, "C1"))?.stateChanges.at(-1)).toEqual({
      at: "2025-01-03T00:00:00.000Z",
      what: `certified, Merkle root ${bundle.certificate.merkleRoot}`,
      who: "Ada",
    });
    const again = certifyElection(office.connection, "C1", { out: bundle.folder, ...OFFICER });
    expect(await refusal(again)).toContain("there is something in this folder already");
  });
});

describe("a lie in the published files", () => {
  let bundle: Awaited<ReturnType<typeof certifiedLaw>>;
  beforeAll(async () => {
    bundle = await certifiedLaw("C2");
  });

  /** Rewrites a file, verifies, and puts it back. */
  async function liesAfter(name: string, rewrite: (text: string) => string): Promise<readonly string[]> {
    const file = join(bundle.folder, name);
    const text = await readFile(file, "utf8");
    try {
      await writeFile(file, rewrite(text));
      return await liesIn(bundle.folder);
    } finally {
      await writeFile(file, text);
    }
  }
  const boxAfter = (change: (lines: string[]) => readonly string[]) =>
    liesAfter("ballot-box.ndjson", (text) => `${change(text.trimEnd().split("\n")).join("\n")}\n`);

  test("a byte flipped anywhere in the box is caught", async () => {
    const { length } = await readFile(join(bundle.folder, "ballot-box.ndjson"));
    for (let at = 0; at < length; at += 97) {
      const lies = await liesAfter("ballot-box.ndjson", (text) => {
        const flipped = String.fromCharCode(text.charCodeAt(at) ^ 1);
        return text.slice(0, at) + flipped + text.slice(at + 1);
      });
      expect(lies).toContain("Merkle root");
    }
    const inEnvelope = await boxAfter(([first = "", ...rest]) => [
      first.replace(/(.)(.)"\}$/, (_, a, b) => `${a === "A" ? "B" : "A"}${b}"}`),
      ...rest,
    ]);
    expect(inEnvelope).toContain("tracking codes");
  });

  test("a ballot dropped, added or repeated is caught", async () => {
    expect(await boxAfter((lines) => lines.slice(1))).toEqual(expect.arrayContaining(["Merkle root", "ballots"]));
    const foreign = await readFile(join((await certifiedLaw("C3")).folder, "ballot-box.ndjson"), "utf8");
    const added = await boxAfter((lines) => [...lines, foreign.split("\n")[0] ?? ""].sort());
    expect(added).toEqual(expect.arrayContaining(["Merkle root", "ballots", "envelopes"]));
    const repeated = await boxAfter(([first = "", ...rest]) => [first, first, ...rest]);
    expect(repeated).toEqual(expect.arrayContaining(["Merkle root", "ballots", "copies"]));
    const replaced = await boxAfter(([first = "", , ...rest]) => [first, first, ...rest]);
    expect(replaced).toEqual(expect.arrayContaining(["Merkle root", "copies"]));
    expect(await boxAfter((lines) => lines.toReversed())).toEqual(expect.arrayContaining(["Merkle root", "order"]));
  });

  test("a count changed is caught, by the signature and by the recount", async () => {
    const names = async (from: RegExp, to: string) => liesAfter("certificate.json", (text) => text.replace(from, to));
    expect(await names(/"oui": 6/, '"oui": 7')).toEqual(
      expect.arrayContaining(["signature", "counts add up", "recount all"]),
    );
    expect(await names(/"duplicates": 2/, '"duplicates": 1')).toEqual(["signature"]);
    expect(await names(/"cast": 12/, '"cast": 13')).toEqual(
      expect.arrayContaining(["signature", "ballots", "counts add up"]),
    );
    expect(await names(/"spoiled": 1/, '"spoiled": 0')).toEqual(expect.arrayContaining(["signature", "envelopes"]));
    expect(await names(/"onRoll": 20/, '"onRoll": 9')).toContain("counts add up");
    expect(await names(/"outcome": "adopted"/, '"outcome": "rejected"')).toEqual(
      expect.arrayContaining(["signature", "recount all"]),
    );
  });

  test("a signature by another key, and another ballot key, are caught", async () => {
    const other = await certifiedLaw("C4");
    const foreign = await readFile(join(other.folder, "signature.json"), "utf8");
    expect(await liesAfter("signature.json", () => foreign)).toEqual(["signature"]);
    const key = await readFile(join(other.folder, "ballot-key.txt"), "utf8");
    expect(await liesAfter("ballot-key.txt", () => key)).toEqual(["ballot key"]);
    expect(await liesAfter("ballot-key.txt", () => "no key")).toEqual(["ballot key"]);
  });

  test("files that are no certified election are refused in a sentence", async () => {
    expect(await refusal(verifyBundle(office.path("nowhere")))).toContain("this is no certified election");
    expect(await refusal(liesAfter("certificate.json", (text) => text.slice(1)))).toContain("damaged");
  });
});

describe("certifying", () => {
  test("is refused while the election is open, and within the minute after its closing", async () => {
    const definition = law({ electionId: "C5", ...CLOSED });
    await holdElection(office, definition, { all: 3 }, ballots(2, "all", choice("oui")));
    const at = (instant: string) =>
      certifyElection(office.connection, "C5", { out: office.path("c5"), who: "Ada", atMs: Date.parse(instant) });
    expect(await refusal(at("2025-01-01T12:00:00Z"))).toContain("closes at 2025-01-02T00:00:00Z");
    expect(await refusal(at("2025-01-02T00:00:18Z"))).toContain("try again in 42 s");
    await at("2025-01-02T00:01:00Z");
  });

  test("is refused while messages wait, and says how many", async () => {
    const { sqs, votesQueueUrl, deadLetterQueueUrl } = office.connection;
    await holdElection(office, law({ electionId: "C6", ...CLOSED }), { all: 3 }, []);
    const certifying = () => certifyElection(office.connection, "C6", { out: office.path("c6"), ...OFFICER });
    for (const [url, sentence] of [
      [votesQueueUrl, "Messages in the queue of votes: 2."],
      [deadLetterQueueUrl, "Messages in the dead-letter queue: 2."],
    ] as const) {
      for (const MessageBody of ["a", "b"]) await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
      expect(await refusal(certifying())).toContain(sentence);
      await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    }
    expect((await certifying()).certificate.counts.cast).toBe(0);
    expect(await liesIn(office.path("c6"))).toEqual([]);
  });

  test("is refused while the tallies are behind the box or differ from it, and leaves no folder behind", async () => {
    await holdElection(office, law({ electionId: "C7", ...CLOSED }), { all: 9 }, ballots(4, "all", choice("non")));
    const certifying = () => certifyElection(office.connection, "C7", { out: office.path("c7"), ...OFFICER });
    const putRow = (row: string, count: number) =>
      office.connection.documents.send(
        new PutCommand({ TableName: office.connection.talliesTable, Item: { contest: "C7#all", row, count } }),
      );
    await putRow("shard-0#non", 1);
    expect(await refusal(certifying())).toContain("Ballots in the box: 4, counted in the tallies: 3.");
    await putRow("shard-0#oui", 1);
    expect(await refusal(certifying())).toContain("differ from the ballot box in 2 of their counts");
    await expect(stat(office.path("c7"))).rejects.toThrow();
  });

  test("is refused when the box holds a ballot of nobody on the roll", async () => {
    await holdElection(office, law({ electionId: "C12", ...CLOSED }), { all: 3 }, ballots(2, "all", choice("oui")));
    const { documents, rollTable } = office.connection;
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: office.connection.votesTable }));
    const voter = Items.find(({ electionId }) => electionId === "C12");
    await documents.send(new DeleteCommand({ TableName: rollTable, Key: { hash: voter?.hash } }));
    const certifying = certifyElection(office.connection, "C12", { out: office.path("c12"), ...OFFICER });
    expect(await refusal(certifying)).toContain("nobody on the roll of their region: 1.");
  });

  test("where auditors alone may open the box, the key goes to them and not into the bundle", async () => {
    const { folder, auditorsKeyFile } = await certifiedLaw("C8", { verification: "auditors" });
    expect(await readdir(folder)).not.toContain("ballot-key.txt");
    expect((await stat(auditorsKeyFile)).mode & 0o077).toBe(0);
    const { checks } = await verifyBundle(folder);
    expect(checks.filter(({ isTrue }) => isTrue !== true).map(({ name }) => name)).toEqual(["ballot key", "recount"]);
    expect(checks.some(({ isTrue }) => isTrue === false)).toBe(false);
    const opened = await verifyBundle(folder, { keyFile: auditorsKeyFile });
    expect(opened.checks.every(({ isTrue }) => isTrue === true)).toBe(true);
  });
});

describe("elections by region", () => {
  test("a single choice is certified by region and as a whole, and an envelope copied into another region is spoiled", async () => {
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
    expect(certificate.counts).toMatchObject({ onRoll: 13, cast: 10, counted: 9, spoiled: 1, copies: 1 });
    expect(certificate.onRoll).toEqual({ "1": 6, "2": 7 });
    expect(await liesIn(out)).toEqual([]);
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
    const rank = (...candidateIds: string[]): Selection => ({ kind: "ranking", candidateIds });
    const handedIn = [
      ...ballots(4, "1", rank("1")),
      ...ballots(3, "1", rank("2", "1")),
      ...ballots(2, "1", rank("3", "2")),
    ];
    await holdElection(office, definition, { "1": 9 }, handedIn);
    const out = office.path("c10");
    const { certificate } = await certifyElection(office.connection, "C10", { out, ...OFFICER });
    expect(certificate.contests[0]?.ranked).toMatchObject({
      rounds: [{ eliminated: "3", transfers: { "2": 2 } }, { votes: { "1": 4, "2": 5 } }],
      outcome: { kind: "elected", candidateId: "2" },
    });
    expect(await liesIn(out)).toEqual([]);
    const file = join(out, "certificate.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/"transfers": \{\s*"2": 2/, '"transfers": {"2": 1'));
    expect(await liesIn(out)).toEqual(["signature", "recount 1"]);
  });
});

describe("shredding", () => {
  test("waits for certification, destroys the pepper for good and is recorded once", async () => {
    await holdElection(office, law({ electionId: "C11", ...CLOSED }), { all: 5 }, ballots(3, "all", choice("oui")));
    expect(await refusal(shredPepper(office.connection, "C11", OFFICER))).toContain("is not certified");
    await certifyElection(office.connection, "C11", { out: office.path("c11"), ...OFFICER });
    expect(await shredPepper(office.connection, "C11", OFFICER)).toBe("destroyed");
    expect(await readPepper(office.connection, "C11")).toBeUndefined();
    expect(await shredPepper(office.connection, "C11", OFFICER)).toBe("already-destroyed");
    const changes = (await findElection(office.connection, "C11"))?.stateChanges.map(({ what }) => what);
    expect(changes?.filter((what) => what === "pepper destroyed")).toHaveLength(1);
  });

  test("leaves certification and verification as they were", async () => {
    const { certificate } = await certifyElection(office.connection, "C11", { out: office.path("c11-b"), ...OFFICER });
    expect(certificate.counts.cast).toBe(3);
    expect(await liesIn(office.path("c11"))).toEqual([]);
    expect(await liesIn(office.path("c11-b"))).toEqual([]);
  });
});
