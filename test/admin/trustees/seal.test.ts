import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireElection } from "#admin/elections/registered.ts";
import { readBundle } from "#admin/trustees/bundle/bundle-folder.ts";
import { requireChain } from "#admin/trustees/bundle/chain.ts";
import { mixBox } from "#admin/trustees/bundle/mix.ts";
import { recordProgress } from "#admin/trustees/bundle/record-progress.ts";
import { sealElection } from "#admin/trustees/bundle/seal-election.ts";
import { readTrusteeLine } from "#core/trustees/bundle/box-line.ts";
import { lineContext } from "#core/trustees/bundle/contexts.ts";
import { ballotTrackingCode, signBallot } from "#core/trustees/card-key.ts";
import { nodeCards } from "#storage/card-engine.ts";
import type { StoredBallot } from "#storage/stored-ballots.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { castAll, castBallot, choice, type Meeting, newVoter, prepare } from "#test/admin/trustees/sealed.ts";
import { storedElection } from "#test/admin/trustees/stored.ts";

const linesIn = async (bundle: string) =>
  (await readFile(join(bundle, "box.jsonl"), "latin1"))
    .trimEnd()
    .split("\n")
    .map((text) => readTrusteeLine(text));

describe("a box that is sealed", () => {
  let meeting: Meeting;
  beforeAll(async () => {
    meeting = await prepare({ trustees: 3, threshold: 2, mixes: 2, voters: { "1": 8, "2": 3 } });
  });
  afterAll(() => meeting.end());

  /** The ballot of a voter, by number, with something changed. */
  const cast = (number: number, change?: (stored: Omit<StoredBallot, "stamp">) => Partial<StoredBallot>) => {
    const voter = meeting.voters[number];
    if (voter === undefined) throw new RangeError("there is such a voter");
    return castBallot(meeting, voter, choice(meeting.definition, voter.regionId, number), change);
  };

  test("holds every ballot, by region and then tracking code, and no time", async () => {
    const bundle = await meeting.seal(castAll(meeting), "whole");
    const lines = await linesIn(bundle);
    expect(lines.map((line) => line?.regionId)).toEqual([...Array(8).fill("1"), ...Array(3).fill("2")]);
    for (const regionId of ["1", "2"]) {
      const codes = lines.filter((line) => line?.regionId === regionId).map((line) => line?.trackingCode ?? "");
      expect(codes).toEqual([...codes].sort());
    }
    expect(await readFile(join(bundle, "box.jsonl"), "latin1")).not.toContain("2026");
    const { box, counts } = await readBundle(bundle);
    expect(counts).toEqual([
      ["1", 8],
      ["2", 3],
    ]);
    expect(box.value.statement.setAside).toEqual([]);
    expect((await readdir(bundle)).sort()).toEqual([
      ...["box.json", "box.jsonl", "ceremony", "changes.json", "opening.json", "roll.txt"],
    ]);
    await requireChain(await readBundle(bundle));
  });

  test("leaves out what no voter cast, and says why", async () => {
    const other = cast(1);
    const stranger = newVoter("1");
    const codeOf = (ballot: StoredBallot) => ballotTrackingCode(ballot.hash, ballot.envelope);
    const wrong: readonly (readonly [StoredBallot, string])[] = [
      [cast(0, () => ({ stamp: new Uint8Array(16) })), "unstamped"],
      // The body of another ballot, signed by this voter's own key, under its own code.
      [
        cast(2, ({ hash }) => ({
          envelope: other.envelope,
          trackingCode: ballotTrackingCode(hash, other.envelope),
        })),
        "unsigned",
      ],
      [cast(3, () => ({ trackingCode: "ABCDEFGHIJKLMNOPQRST" })), "malformed"],
      [cast(4, () => ({ signature: undefined })), "malformed"],
      [cast(5, ({ envelope }) => ({ envelope: envelope.subarray(0, 127) })), "malformed"],
      [castBallot(meeting, stranger, choice(meeting.definition, "1", 0)), "not-on-roll"],
      [cast(8, () => ({ regionId: "1" })), "not-on-roll"],
      [cast(9, () => ({ oneTimeKey: new Uint8Array(32).fill(1) })), "malformed"],
    ];
    // Cast once by its voter, and again under the same key, as no table lets anybody.
    const first = cast(6);
    const second = cast(6, () => ({ castAt: "2026-01-16T12:00:00.000Z" }));
    const good = [other, first, cast(7), cast(10)];
    const bundle = await meeting.seal([second, ...wrong.map(([ballot]) => ballot), ...good, first], "sorted-out");
    const { box } = await readBundle(bundle);
    const { setAside } = box.value.statement;
    expect((await linesIn(bundle)).map((line) => line?.trackingCode).sort()).toEqual(good.map(codeOf).sort());
    const whys = setAside.map(({ why }) => why).sort();
    expect(whys).toEqual([...wrong.map(([, why]) => why), "repeated-key"].sort());
    expect(setAside.find(({ why }) => why === "repeated-key")?.trackingCode).toBe(codeOf(second));
    expect(setAside.map(({ trackingCode }) => trackingCode)).toEqual(
      setAside.map(({ trackingCode }) => trackingCode).sort(),
    );
  });

  test("leaves out a ballot that was copied and signed by somebody else's key: its proof is the first voter's", async () => {
    const copied = cast(0);
    const thief = meeting.voters[1];
    if (thief === undefined) throw new RangeError("there is such a voter");
    const context = lineContext(meeting.ceremony, { regionId: "1", voterKey: thief.key.voterKey });
    const copy = cast(1, ({ hash }) => ({
      envelope: copied.envelope,
      trackingCode: ballotTrackingCode(hash, copied.envelope),
      signature: signBallot(nodeCards, thief.key, context, copied.envelope),
    }));
    const bundle = await meeting.seal([copied, copy], "copied");
    const { statement } = (await readBundle(bundle)).box.value;
    expect(statement.ballots).toEqual({ "1": 1, "2": 0 });
    expect(statement.setAside).toEqual([{ trackingCode: copy.trackingCode, regionId: "1", why: "unproved" }]);
  });

  test("is not sealed by another roll than the signed one, nor into a folder that holds files", async () => {
    const roll = await readFile(meeting.path("roll.txt"), "utf8");
    await writeFile(meeting.path("roll.txt"), roll.split("\n").slice(1).join("\n"));
    await expect(meeting.seal(castAll(meeting), "other-roll")).rejects.toThrow("this is not the roll that registrar");
    await writeFile(meeting.path("roll.txt"), roll);
    expect(await readdir(meeting.place)).not.toContain("other-roll");
    await meeting.seal([], "empty");
    await expect(meeting.seal([], "empty")).rejects.toThrow("this folder is not empty");
    expect((await readdir(meeting.place)).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

describe("the officer", () => {
  let office: Office;
  let meeting: Meeting;
  beforeAll(async () => {
    office = await openOffice();
    meeting = await storedElection(office, { "1": 4, "2": 2 });
  });
  afterAll(async () => {
    await meeting.end();
    await office.close();
  });

  const seal = (name: string, atMs?: number) =>
    sealElection(office.connection, "E1", {
      ...{
        ceremony: meeting.path("ceremony"),
        roll: meeting.path("roll.txt"),
        out: meeting.path(name),
        who: "officer",
      },
      ...(atMs !== undefined && { atMs }),
    });

  test("does not seal the box while people vote", async () => {
    await expect(seal("early", Date.parse(meeting.definition.closesAt) - 1)).rejects.toThrow("closes");
    expect(await readdir(meeting.place)).not.toContain("early");
  });

  test("seals what is stored, and it is recorded", async () => {
    const bundle = await seal("bundle");
    expect(bundle.layout.ballots).toBe(6);
    expect(bundle.box.value.statement.setAside).toEqual([]);
    const { stateChanges } = await requireElection(office.connection, "E1");
    expect(stateChanges.map(({ what, who }) => [what, who])).toEqual([
      [`box sealed, SHA-256 ${bundle.box.sha256}`, "officer"],
    ]);
  });

  test("tells the results page how far trustees are with this election's box, and with no other", async () => {
    const folder = meeting.path("bundle");
    const told = async () => (await requireElection(office.connection, "E1")).boxProgress;
    expect(await recordProgress(office.connection, await readBundle(folder))).toEqual({ mixes: 0, openings: 0 });
    await mixBox(folder, await meeting.key(3), { threads: 1 });
    const mixed = await readBundle(folder);
    await recordProgress(office.connection, mixed);
    expect(await told()).toEqual({ mixes: 1, openings: 0 });

    const elsewhere = { ...mixed, opening: { ...mixed.opening, sha256: "0".repeat(64) } };
    await expect(recordProgress(office.connection, elsewhere)).rejects.toThrow("this is not the bundle of election E1");
    const file = join(folder, "mix-1.bin");
    const bytes = await readFile(file);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(recordProgress(office.connection, mixed)).rejects.toThrow(
      "mix-1.bin: this is not what the mixer signed",
    );
    expect(await told()).toEqual({ mixes: 1, openings: 0 });
  });
});
