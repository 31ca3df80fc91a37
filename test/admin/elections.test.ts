import { CreateSecretCommand, DeleteSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateOpening } from "#admin/elections/opening.ts";
import { importRoll } from "#admin/roll/import.ts";
import { openEnvelope, sealEnvelope } from "#core/envelope.ts";
import { Refusal } from "#core/refusal.ts";
import { type Selection, writeSelection } from "#core/selection.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import { applyElection, applyElections } from "#storage/election-register.ts";
import { openerWith, sealerTo } from "#storage/hpke.ts";
import { findElection, listElections } from "#storage/registered-elections.ts";
import { importPrivateKey, importPublicKey } from "#storage/x25519.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law, race, stated } from "#test/definitions.ts";
import { IDENTITY } from "#test/identified.ts";

const BEFORE = Date.parse("2024-12-01T00:00:00Z");
const DURING = Date.parse("2025-06-01T00:00:00Z");
const AFTER = Date.parse("2100-01-01T00:00:00Z");

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const secret = async (kind: string, electionId: string) => {
  const SecretId = `scrutin/test/${kind}/${electionId}`;
  const { SecretString } = await office.connection.secrets.send(new GetSecretValueCommand({ SecretId }));
  return Buffer.from(SecretString ?? "", "base64url");
};

describe("registering an election", () => {
  test("an election gets a pepper and a ballot key that opens what is sealed to its public key", async () => {
    const definition = law({ electionId: "keys" });
    expect(await applyElection(office.connection, definition, { who: "Ada" })).toBe("registered");
    expect(await secret("pepper", "keys")).toHaveLength(32);
    const publicKey = (await findElection(office.connection, "keys"))?.publicKey ?? "";
    const selection: Selection = { kind: "choice", choice: "oui" };
    const oneTimeKey = makeOneTimeKey();
    const binding = { regionId: "all", oneTimeKey };
    const envelope = await sealEnvelope(sealerTo(importPublicKey(publicKey)), stated(definition), binding, selection);
    const open = openerWith(importPrivateKey(await secret("ballot-key", "keys")));
    expect(await openEnvelope(open, stated(definition), "all", { oneTimeKey, envelope })).toBe(
      writeSelection(selection),
    );
  });

  test("registering again changes nothing", async () => {
    const definition = law({ electionId: "again" });
    await applyElection(office.connection, definition, { who: "Ada" });
    const before = await findElection(office.connection, "again");
    const pepper = await secret("pepper", "again");
    expect(await applyElection(office.connection, definition, { who: "Bo" })).toBe("unchanged");
    expect(await findElection(office.connection, "again")).toEqual(before);
    expect(await secret("pepper", "again")).toEqual(pepper);
  });

  test("an election whose provider the stage does not allow is refused, with every other of the same command", async () => {
    const foreign = { ...IDENTITY, issuer: "https://elsewhere.example.org" };
    const given = [
      law({ electionId: "allowed" }),
      law({ electionId: "foreign", identity: foreign, credentialFields: undefined }),
    ];
    await expect(applyElections(office.connection, given, { who: "Ada" })).rejects.toThrow(
      /^Election foreign: identity\.issuer: must be one of the stage's voterIssuers, to the character: https:\/\/voters\.example\.org\.$/,
    );
    expect(await findElection(office.connection, "allowed")).toBeUndefined();
  });

  test("an election without a stamp key gets one before it opens, and is refused once ballots may bear a lost one's", async () => {
    const definition = law({ electionId: "unstamped" });
    await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE });
    const SecretId = "scrutin/test/stamp-key/unstamped";
    const lose = () =>
      office.connection.secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    const stampKey = await secret("stamp-key", "unstamped");
    expect(await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE })).toBe("unchanged");
    expect(await secret("stamp-key", "unstamped")).toEqual(stampKey);
    await lose();
    expect(await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE })).toBe("unchanged");
    expect(await secret("stamp-key", "unstamped")).toHaveLength(32);
    await stateOpening(office.connection, "unstamped", { who: "Ada", atMs: DURING });
    await lose();
    await expect(applyElection(office.connection, definition, { who: "Ada", atMs: DURING })).rejects.toThrow(
      "The stamp key of election unstamped is missing: restore it.",
    );
    await expect(applyElection(office.connection, definition, { who: "Ada", atMs: AFTER })).resolves.toBe("unchanged");
  });

  test("officers who register the same election at once get one election, with one key", async () => {
    const definition = race({ electionId: "at-once" });
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, officer) =>
        applyElection(office.connection, definition, { who: `officer ${officer}` }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "registered")).toHaveLength(1);
    expect(await applyElection(office.connection, definition, { who: "Ada" })).toBe("unchanged");
  });

  test("a registration that failed after its first secret is completed by the next, which keeps that secret", async () => {
    const pepper = Buffer.alloc(32, 7);
    await office.connection.secrets.send(
      new CreateSecretCommand({ Name: "scrutin/test/pepper/broken-off", SecretString: pepper.toString("base64url") }),
    );
    expect(await applyElection(office.connection, law({ electionId: "broken-off" }), { who: "Ada" })).toBe(
      "registered",
    );
    expect(await secret("pepper", "broken-off")).toEqual(pepper);
  });

  test("a lost ballot key is never replaced by a new one", async () => {
    const definition = law({ electionId: "lost-key" });
    await applyElection(office.connection, definition, { who: "Ada" });
    await office.connection.secrets.send(new DeleteSecretCommand({ SecretId: "scrutin/test/ballot-key/lost-key" }));
    await expect(applyElection(office.connection, definition, { who: "Ada" })).rejects.toThrow(/restore it/);
    await expect(secret("ballot-key", "lost-key")).rejects.toThrow();
  });

  test("elections are listed in numerical order", async () => {
    for (const electionId of ["10", "9"]) {
      await applyElection(office.connection, law({ electionId }), { who: "Ada" });
    }
    const ids = (await listElections(office.connection)).map(({ definition }) => definition.electionId);
    expect(ids.indexOf("9")).toBeLessThan(ids.indexOf("10"));
  });
});

describe("changing an election", () => {
  test("before voting opens a definition may change, and the record says what, when and who", async () => {
    await applyElection(office.connection, law({ electionId: "early" }), { who: "Ada", atMs: BEFORE });
    const changed = law({ electionId: "early", question: { fr: "Vraiment ?", en: "Really?" } });
    expect(await applyElection(office.connection, changed, { who: "Bo", atMs: BEFORE })).toBe("changed");
    const election = await findElection(office.connection, "early");
    expect(election?.definition).toEqual(changed);
    expect(election?.stateChanges).toEqual([
      { at: "2024-12-01T00:00:00.000Z", what: "registered", who: "Ada" },
      { at: "2024-12-01T00:00:00.000Z", what: "changed question", who: "Bo" },
    ]);
  });

  test("once voting is open a changed definition is refused, and the refusal names the field", async () => {
    const definition = race({ electionId: "open" });
    await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE });
    await stateOpening(office.connection, "open", { who: "Ada", atMs: BEFORE });
    const changed = race({
      electionId: "open",
      allowBlank: true,
      parties: [],
      candidates:
        definition.votingMethod === "referendum" ? [] : definition.candidates.map(({ partyId: _, ...rest }) => rest),
    });
    await expect(applyElection(office.connection, changed, { who: "Bo", atMs: DURING })).rejects.toThrow(
      "Voting in election open is open: allowBlank, parties, candidates cannot change, only closesAt can move later.",
    );
    expect((await findElection(office.connection, "open"))?.definition).toEqual(definition);
  });

  test("while voting is open the closing may move later, which is recorded, but never earlier", async () => {
    const definition = law({ electionId: "longer", closesAt: "2025-07-01T00:00:00Z" });
    await applyElection(office.connection, definition, { who: "Ada", atMs: DURING });
    const later = { ...definition, closesAt: "2025-07-02T00:00:00Z" };
    expect(await applyElection(office.connection, later, { who: "Bo", atMs: DURING })).toBe("extended");
    const election = await findElection(office.connection, "longer");
    expect(election?.definition.closesAt).toBe(later.closesAt);
    expect(election?.stateChanges.at(-1)).toEqual({
      at: "2025-06-01T00:00:00.000Z",
      what: "closing extended from 2025-07-01T00:00:00Z to 2025-07-02T00:00:00Z",
      who: "Bo",
    });
    await stateOpening(office.connection, "longer", { who: "Bo", atMs: DURING });
    await expect(applyElection(office.connection, definition, { who: "Bo", atMs: DURING })).rejects.toThrow(
      /closesAt can only move later than 2025-07-02T00:00:00Z/,
    );
  });

  test("until its opening is stated nobody can vote, so everything may still be put right, whatever the hour", async () => {
    await applyElection(office.connection, law({ electionId: "unstated" }), { who: "Ada", atMs: BEFORE });
    const corrected = law({
      electionId: "unstated",
      title: { fr: "Corrigé", en: "Corrected" },
      opensAt: "2025-07-01T00:00:00Z",
    });
    expect(await applyElection(office.connection, corrected, { who: "Bo", atMs: DURING })).toBe("changed");
    expect((await findElection(office.connection, "unstated"))?.definition).toEqual(corrected);
  });

  test("the same closing time in another time zone is no change", async () => {
    const definition = law({ electionId: "zones", closesAt: "2025-07-01T00:00:00Z" });
    await applyElection(office.connection, definition, { who: "Ada", atMs: DURING });
    const same = { ...definition, closesAt: "2025-06-30T20:00:00-04:00" };
    expect(await applyElection(office.connection, same, { who: "Ada", atMs: DURING })).toBe("unchanged");
  });

  test("after closing nothing changes any more, not even the closing time", async () => {
    const definition = law({ electionId: "over" });
    await applyElection(office.connection, definition, { who: "Ada", atMs: DURING });
    const later = { ...definition, closesAt: "2101-01-01T00:00:00Z" };
    await expect(applyElection(office.connection, later, { who: "Ada", atMs: AFTER })).rejects.toThrow(
      "Voting in election over has closed: closesAt can no longer change.",
    );
  });

  test("when two officers change an election at once, one is told so and nothing is overwritten", async () => {
    const definition = law({ electionId: "race", closesAt: "2025-07-01T00:00:00Z" });
    await applyElection(office.connection, definition, { who: "Ada", atMs: DURING });
    const days = ["02", "03", "04", "05", "06"];
    const outcomes = await Promise.allSettled(
      days.map((day) =>
        applyElection(
          office.connection,
          { ...definition, closesAt: `2025-07-${day}T00:00:00Z` },
          { who: `officer ${day}`, atMs: DURING },
        ),
      ),
    );
    const made = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect(made).toBeGreaterThanOrEqual(1);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(Refusal);
    const election = await findElection(office.connection, "race");
    expect(election?.stateChanges).toHaveLength(1 + made);
    expect(election?.stateChanges.at(-1)?.what).toContain(`to ${election?.definition.closesAt}`);
  });

  test("once voters are on the roll, credential fields and regions cannot change", async () => {
    const definition = race({ electionId: "rolled" });
    await applyElection(office.connection, definition, { who: "Ada", atMs: BEFORE });
    const file = await office.file("rolled.csv", "nas,code,region_id\n123456789,ABC123,1\n");
    await importRoll(office.connection, "rolled", file, { atMs: BEFORE });
    const [field, ...fields] = definition.credentialFields;
    const changed = {
      ...definition,
      credentialFields: [{ ...field, pattern: "[0-9]{8}" }, ...fields],
    } as typeof definition;
    await expect(applyElection(office.connection, changed, { who: "Ada", atMs: BEFORE })).rejects.toThrow(
      /credentialFields must stay/,
    );
    const retitled = { ...definition, title: { fr: "Autre", en: "Other" } };
    expect(await applyElection(office.connection, retitled, { who: "Ada", atMs: BEFORE })).toBe("changed");
    expect((await findElection(office.connection, "rolled"))?.rollCounts).toEqual({ "1": 1, "2": 0 });
  });
});

describe("a definition file", () => {
  test("every definition that comes with Scrutin is valid", async () => {
    for (const name of ["law-L2025-001", "election-1", "election-2"]) {
      const definition = await readDefinition(
        new URL(`../../elections/${name}.json`, import.meta.url).pathname,
        Date.now(),
      );
      expect(name).toContain(definition.electionId);
    }
  });

  test.each([
    ["without a title", { title: undefined }, "title: is missing."],
    [
      "with an unknown method",
      { votingMethod: "acclamation" },
      "votingMethod: must be one of referendum, single_choice, choose, ranked_choice, stv.",
    ],
    [
      "that closes before it opens",
      { closesAt: "2024-01-01T00:00:00Z" },
      "closesAt: voting must close after it opens.",
    ],
    ["with a field nobody knows", { colour: "red" }, "the definition: has a field that does not belong there: colour."],
    ["with too small a minimum", { minimumBallots: 0 }, "minimumBallots: must be at least 1."],
    [
      "that opens on a day without a time",
      { opensAt: "2025-01-01" },
      /^[^\n]*opensAt: must be a date and time with its offset/,
    ],
    [
      "that closes so long after npm start",
      { closesAt: "start+3d 20:00" },
      'closesAt: "start+3d 20:00" counts from npm start, which alone knows it: write a date and time with its offset, such as "2026-10-19T09:00:00-04:00".',
    ],
  ])("a definition %s is refused in one sentence with file, field and rule", async (_, fault, sentence) => {
    const file = await office.file("faulty.json", JSON.stringify({ ...law(), ...fault }));
    const message = typeof sentence === "string" ? `${file}: ${sentence}` : sentence;
    await expect(readDefinition(file)).rejects.toThrow(message);
  });

  test("each fault has a line of its own", async () => {
    const file = await office.file("faulty.json", JSON.stringify({ ...law(), allowBlank: "no", results: "never" }));
    await expect(readDefinition(file)).rejects.toThrow(
      `${file}: results: must be one of live, after_vote, after_close.\n${file}: allowBlank: must be of type boolean.`,
    );
  });

  test("a file that is missing or not JSON is named", async () => {
    await expect(readDefinition(office.path("nowhere.json"))).rejects.toThrow(/nowhere\.json: there is no such file\./);
    const file = await office.file("torn.json", '{"electionId": ');
    await expect(readDefinition(file)).rejects.toThrow(/torn\.json: this is not JSON/);
  });
});
