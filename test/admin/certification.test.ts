import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { PurgeQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { shredPepper } from "#admin/certification/shred.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import { readPepper } from "#storage/election-secrets.ts";
import { findElection } from "#storage/registered-elections.ts";
import { secretsManager } from "#storage/secrets.ts";
import { writeVoteMessage } from "#storage/vote-message.ts";
import { ballots, CLOSED, certifiedLaw, choice, liesIn, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { type HandedIn, holdElection } from "#test/admin/polling-day.ts";
import { law } from "#test/definitions.ts";

const WAITING = {
  hash: "h".repeat(43),
  regionId: "all",
  oneTimeKey: new Uint8Array(32),
  stamp: new Uint8Array(16),
  envelope: Uint8Array.of(1),
  castAt: "2025-01-01T12:00:00.000Z",
  trackingCode: "A".repeat(20),
};

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe("a certified law", () => {
  let bundle: Awaited<ReturnType<typeof certifiedLaw>>;
  beforeAll(async () => {
    bundle = await certifiedLaw(office, "C1");
  });

  test("counts every ballot, and every attempt by outcome", () => {
    expect(bundle.certificate.counts).toEqual({
      onRoll: 20,
      cast: 12,
      counted: 10,
      blank: 1,
      spoiled: 1,
      setAside: 0,
      duplicates: 2,
      invalid: 2,
    });
    expect(bundle.certificate.wholeCountry.votes).toEqual({ oui: 6, non: 4 });
    expect(bundle.certificate.wholeCountry.outcome).toBe("adopted");
  });

  test("can be verified by anyone, from its public files alone", async () => {
    const { checks } = await verifyBundle(bundle.folder, { signedBy: bundle.fingerprint, opening: bundle.opening });
    expect(checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
    expect(await liesIn(bundle.folder, { signedBy: bundle.fingerprint })).toEqual([]);
    expect(await liesIn(bundle.folder, { signedBy: "AAAA ".repeat(8) })).toEqual(["signature"]);
  });

  test("tells a voter whether their ballot is in the box, however they typed the code", async () => {
    for (const code of bundle.codes) {
      const { found } = await verifyBundle(bundle.folder, { trackingCode: groupTrackingCode(code).toLowerCase() });
      // The one that was no ballot among the twelve.
      expect(found).toEqual([{ regionId: "all", fate: code === bundle.codes[10] ? "spoiled" : "valid" }]);
      const misread = code.replaceAll("O", "0").replaceAll("B", "8").replace(/[IL]/, "1").replaceAll(/.{4}/g, "$&.");
      expect((await verifyBundle(bundle.folder, { trackingCode: misread })).found).toEqual(found);
    }
    expect((await verifyBundle(bundle.folder, { trackingCode: "A".repeat(20) })).found).toEqual([]);
    const cutShort = verifyBundle(bundle.folder, { trackingCode: bundle.codes[0]?.slice(1) ?? "" });
    expect(await refusal(cutShort)).toContain("A tracking code has 20 characters");
  });

  test("publishes no hash, no ballot's time, and no secret except the ballot key", async () => {
    expect((await readdir(bundle.folder)).sort()).toEqual([
      "ballot-box.ndjson",
      "ballot-key.txt",
      "certificate.json",
      "changes.json",
      "opening.json",
      "signature.json",
    ]);
    const box = await readFile(join(bundle.folder, "ballot-box.ndjson"), "utf8");
    for (const line of box.trimEnd().split("\n")) {
      expect(Object.keys(JSON.parse(line))).toEqual(["trackingCode", "regionId", "oneTimeKey", "envelope"]);
    }
    const pepper = Buffer.from((await readPepper(office.connection, "C1")) ?? []).toString("base64url");
    for (const name of await readdir(bundle.folder)) {
      expect(await readFile(join(bundle.folder, name), "utf8")).not.toContain(pepper);
    }
  });

  test("is recorded as certified, and its folder is never overwritten", async () => {
    expect((await findElection(office.connection, "C1"))?.stateChanges.at(-1)).toEqual({
      at: "2025-01-03T00:00:00.000Z",
      what: `certified, Merkle root ${bundle.certificate.merkleRoot}`,
      who: "Ada",
    });
    const again = certifyElection(office.connection, "C1", { out: bundle.folder, ...OFFICER });
    expect(await refusal(again)).toContain("this folder is not empty");
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

  test("is refused while messages are waiting, with their number", async () => {
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

  test("is not held up by what waits for another election, and waits for its own", async () => {
    const { sqs, votesQueueUrl, deadLetterQueueUrl } = office.connection;
    const closedMinutesAgo = async (electionId: string, minutes: number) => {
      const closesAt = new Date(Date.now() - minutes * 60_000).toISOString();
      const definition = law({ electionId, opensAt: CLOSED.opensAt, closesAt });
      await holdElection(office, definition, { all: 3 }, ballots(2, "all", choice("oui")));
      return () => certifyElection(office.connection, electionId, { out: office.path(electionId), who: "Ada" });
    };
    const send = (QueueUrl: string, electionId: string, DelaySeconds = 0) => {
      const MessageBody = writeVoteMessage({ ...WAITING, electionId });
      return sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
    };
    const [early, late, latest] = [
      await closedMinutesAgo("C24", 10),
      await closedMinutesAgo("C25", 20),
      await closedMinutesAgo("C26", 60),
    ];
    await send(votesQueueUrl, "open", 600);
    expect(await refusal(early())).toContain("Messages in the queue of votes: 1.");
    await late();
    await send(votesQueueUrl, "open");
    await send(deadLetterQueueUrl, "open");
    await send(deadLetterQueueUrl, "C26");
    expect(await refusal(latest())).toContain("Messages in the dead-letter queue: 1.");
    await sqs.send(new PurgeQueueCommand({ QueueUrl: deadLetterQueueUrl }));
    await send(deadLetterQueueUrl, "open");
    expect((await latest()).certificate.counts.cast).toBe(2);
    for (const QueueUrl of [votesQueueUrl, deadLetterQueueUrl]) await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });

  test("is refused while the tallies are behind the box or differ from it, and leaves no folder behind", async () => {
    await holdElection(office, law({ electionId: "C7", ...CLOSED }), { all: 9 }, ballots(4, "all", choice("non")));
    const certifying = () => certifyElection(office.connection, "C7", { out: office.path("c7"), ...OFFICER });
    const putRow = (counts: Readonly<Record<string, number>>) =>
      office.connection.documents.send(
        new PutCommand({
          TableName: office.connection.talliesTable,
          Item: { sheet: "C7#v1#@0", row: "shard-0#", ...counts },
        }),
      );
    await putRow({ "all#non": 1 });
    expect(await refusal(certifying())).toContain("Ballots in the box: 4, counted in the tallies: 3.");
    await putRow({ "all#non": 1, "all#oui": 1 });
    expect(await refusal(certifying())).toContain("differ from the ballot box in 2 of their counts");
    await expect(stat(office.path("c7"))).rejects.toThrow();
  });

  test("is not held up by ballots that submit received of nobody on the roll: they are set aside, whatever the tallies counted", async () => {
    const smuggledIn = (selection: HandedIn["selection"], regionId = "all") =>
      ballots(1, regionId, selection).map((ballot) => ({ ...ballot, isOnRoll: false }));
    const codes = await holdElection(office, law({ electionId: "C12", ...CLOSED }), { all: 9 }, [
      ...ballots(3, "all", choice("oui")),
      // Under the key of the voter before: it must cost that voter nothing.
      ...smuggledIn("lent"),
      ...smuggledIn(choice("non")),
      ...smuggledIn("lent"),
    ]);
    const recount = await recountTallies(office.connection, "C12", { swap: false, ...OFFICER });
    expect(recount.differences).toEqual([]);
    const out = office.path("c12");
    const { certificate, setAside, fingerprint, opening } = await certifyElection(office.connection, "C12", {
      out,
      ...OFFICER,
    });
    expect(certificate.counts).toMatchObject({ onRoll: 9, cast: 6, counted: 3, spoiled: 3, setAside: 3 });
    expect(certificate.wholeCountry.votes).toEqual({ oui: 3, non: 0 });
    expect(setAside.unstamped).toEqual([]);
    expect([...setAside["not-on-roll"]].sort()).toEqual(codes.slice(3).sort());
    const { checks } = await verifyBundle(out, { signedBy: fingerprint, opening });
    expect(checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
  });

  test("is refused while ballots under a one-time key that was lent are counted; recounted, they are spoiled", async () => {
    const handedIn = [...ballots(3, "all", choice("oui")), ...ballots(1, "all", "lent")];
    const codes = await holdElection(office, law({ electionId: "C13", ...CLOSED }), { all: 9 }, handedIn);
    const certifying = () => certifyElection(office.connection, "C13", { out: office.path("c13"), ...OFFICER });
    const told = await refusal(certifying());
    expect(told).toContain("The ballot box holds copies: 2 ballots");
    expect(told).toContain(codes[2]);
    expect(told).not.toContain(codes[1]);
    await recountTallies(office.connection, "C13", { swap: true, ...OFFICER, stillForMs: 0 });
    const { certificate, fingerprint: signedBy, opening = "" } = await certifying();
    expect(certificate.counts).toMatchObject({ cast: 4, counted: 2, spoiled: 2 });
    const { checks } = await verifyBundle(office.path("c13"), { signedBy, opening });
    expect(checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
    expect(checks).toContainEqual(
      expect.objectContaining({ finding: expect.objectContaining({ kind: "envelopes", shared: 2 }) }),
    );
    const { found } = await verifyBundle(office.path("c13"), { trackingCode: codes[2] ?? "" });
    expect(found?.map(({ fate }) => fate)).toEqual(["shared-key", "shared-key"]);
  });

  test("a ballot that the role of validate wrote under another voter's hash is spoiled and named, and holds nothing up", async () => {
    const handedIn = [
      ...ballots(3, "all", choice("oui")),
      ...ballots(2, "all", "smuggled"),
      ...ballots(1, "all", choice("non")),
    ];
    const codes = await holdElection(office, law({ electionId: "C15", quorum: 0.5, ...CLOSED }), { all: 9 }, handedIn);
    const { differences } = await recountTallies(office.connection, "C15", { swap: false, ...OFFICER });
    expect(differences).toEqual([]);
    const out = office.path("c15");
    const { certificate, setAside } = await certifyElection(office.connection, "C15", { out, ...OFFICER });
    expect(certificate.counts).toMatchObject({ cast: 6, counted: 4, spoiled: 2, setAside: 2 });
    expect(certificate.wholeCountry.votes).toEqual({ oui: 3, non: 1 });
    // Four of nine voters took part; six ballots are in the box.
    expect(certificate.wholeCountry.outcome).toBe("quorum-not-reached");
    expect(setAside).toEqual({ unstamped: [codes[2], codes[2]], "not-on-roll": [], "strike-not-on-roll": [] });
    expect(await liesIn(out)).toEqual([]);
    const { found } = await verifyBundle(out, { trackingCode: codes[2] ?? "" });
    expect(found?.map(({ fate }) => fate).sort()).toEqual(["set-aside", "set-aside", "valid"]);
  });

  test("an envelope that another voter copied, without its key, counts for its own voter and is spoiled for the other", async () => {
    const handedIn = [...ballots(2, "all", choice("oui")), ...ballots(1, "all", "copy")];
    await holdElection(office, law({ electionId: "C14", ...CLOSED }), { all: 9 }, handedIn);
    const { certificate } = await certifyElection(office.connection, "C14", { out: office.path("c14"), ...OFFICER });
    expect(certificate.counts).toMatchObject({ cast: 3, counted: 2, spoiled: 1 });
    expect(await liesIn(office.path("c14"))).toEqual([]);
  });

  test("when only auditors may open the box, they get the key and the bundle does not", async () => {
    const {
      folder,
      codes: [trackingCode = ""],
      auditorsKeyFile,
      fingerprint: signedBy,
      opening,
    } = await certifiedLaw(office, "C8", { verification: "auditors" });
    expect(await readdir(folder)).not.toContain("ballot-key.txt");
    expect((await stat(auditorsKeyFile)).mode & 0o077).toBe(0);
    const { checks } = await verifyBundle(folder, { signedBy, opening });
    expect(checks.filter(({ isTrue }) => isTrue !== true).map(({ name }) => name)).toEqual(["ballot key", "recount"]);
    expect(checks.some(({ isTrue }) => isTrue === false)).toBe(false);
    expect((await verifyBundle(folder, { trackingCode })).found).toEqual([{ regionId: "all", fate: "sealed" }]);
    const opened = await verifyBundle(folder, { signedBy, opening, keyFile: auditorsKeyFile });
    expect(opened.checks.every(({ isTrue }) => isTrue === true)).toBe(true);
  });
});

describe("shredding", () => {
  test("is refused before certification, destroys the pepper and the key of the request ids for good, and is recorded once", async () => {
    const receiptKey = () =>
      secretsManager(office.connection.secrets).bytesIfAny(`${office.outputs.SecretPrefix}/receipt-key/C11`);
    await holdElection(office, law({ electionId: "C11", ...CLOSED }), { all: 5 }, ballots(3, "all", choice("oui")));
    expect(await refusal(shredPepper(office.connection, "C11", OFFICER))).toContain("is not certified");
    await certifyElection(office.connection, "C11", { out: office.path("c11"), ...OFFICER });
    expect(await receiptKey()).toHaveLength(32);
    expect(await shredPepper(office.connection, "C11", OFFICER)).toBe("destroyed");
    expect(await readPepper(office.connection, "C11")).toBeUndefined();
    expect(await receiptKey()).toBeUndefined();
    expect(await shredPepper(office.connection, "C11", OFFICER)).toBe("already-destroyed");
    const changes = (await findElection(office.connection, "C11"))?.stateChanges.map(({ what }) => what);
    expect(changes?.filter((what) => what === "pepper destroyed")).toHaveLength(1);
  });

  test("does not affect certification or verification", async () => {
    const { certificate } = await certifyElection(office.connection, "C11", { out: office.path("c11-b"), ...OFFICER });
    expect(certificate.counts.cast).toBe(3);
    expect(await liesIn(office.path("c11"))).toEqual([]);
    expect(await liesIn(office.path("c11-b"))).toEqual([]);
  });
});
