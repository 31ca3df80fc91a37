import { copyFile, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKeyFile } from "#admin/trustees/key-file.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { signMessage } from "#core/trustees/ceremony/message.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { publicTrustee } from "#core/trustees/ceremony/trustee.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";
import { holdAll, type Meeting, meet, PASSPHRASE, scrutin } from "#test/admin/trustees/meeting.ts";

type Fields = Record<string, unknown>;
const fieldsIn = async (path: string): Promise<Fields> => JSON.parse(await readFile(path, "utf8"));

/** Changes a file as somebody would who knows its form. */
async function change(path: string, by: (fields: Fields) => Fields): Promise<void> {
  await writeFile(path, canonicalText(by(await fieldsIn(path))));
}

describe("three trustees, of whom two open", () => {
  let meeting: Meeting;
  beforeAll(async () => {
    meeting = await meet();
  });
  afterAll(() => meeting.end());

  test("are told their words when the officer opens the ceremony", async () => {
    const { exitCode, stdout, stderr } = await meeting.open();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("any 2 of 3 trustees open the box, after 2 of them have mixed it");
    expect(stdout.match(/English {3}(\w+ ){5}\w+\n {2}français {2}([\p{L}]+ ){5}[\p{L}]+/gu)).toHaveLength(3);
    expect((await readdir(meeting.folder)).sort()).toEqual(["proposal.json", "question.json"]);
  });

  test("hear what each run did, and whose turn it is", async () => {
    const first = await meeting.join(1);
    expect([first.exitCode, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toContain("Court of audit, trustee 1 of 3\nwrote round-0-trustee-1.json");
    expect(first.stdout).toContain(
      "round 0 of 3: now it is the turn of Parti québécois, University\nthen run the same command again",
    );
    const again = await meeting.join(1);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain("wrote nothing: your messages so far are all there");
    expect(again.stdout).toContain("turn of Parti québécois, University");
  });

  test("cannot close before all have signed", async () => {
    const { exitCode, stderr } = await scrutin("ceremony", "close", meeting.folder);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("In round 0 there is nothing of Parti québécois, University");
    expect(await readdir(meeting.folder)).not.toContain("ceremony.json");
  });

  test("are done after three runs each, and nothing is left half written", async () => {
    for (const number of [2, 3, 1, 2, 3, 1]) await meeting.join(number);
    expect((await meeting.join(2)).stdout).toContain("your part is done: close the ceremony once you have their files");
    const { stdout } = await meeting.join(3);
    expect(stdout).toContain("all messages are there. Next: each trustee, with its own copy: scrutin ceremony close");
    const files = await readdir(meeting.folder);
    expect(files.filter((name) => name.startsWith("round-"))).toHaveLength(12);
    expect(files.filter((name) => name.endsWith(".unfinished"))).toEqual([]);
  });

  test("read the same six words, each from its own copy", async () => {
    const copy = await meeting.copyOf("copy");
    const { exitCode, stdout } = await scrutin("ceremony", "close", meeting.folder);
    expect(exitCode).toBe(0);
    const ceremony = Ceremony.parse(await fieldsIn(join(meeting.folder, "ceremony.json")));
    const { en, fr } = wordsOf("ceremony", ceremonyDigest(recordIn(ceremony)));
    expect(stdout).toContain(`English   ${en}\n  français  ${fr}\n`);
    const other = await scrutin("ceremony", "close", copy);
    expect(other.stdout).toContain(en);
    expect(await fieldsIn(join(copy, "ceremony.json"))).toEqual(ceremony);
    expect((await scrutin("ceremony", "close", meeting.folder)).stdout).toBe(stdout);
  });

  test("rehearse: one alone is too few, and a lost key is survived when two are left", async () => {
    const nobody = await scrutin("ceremony", "rehearse", meeting.folder);
    expect([nobody.exitCode, nobody.stderr]).toEqual([1, ""]);
    const first = await meeting.rehearse(1);
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toContain("Court of audit opened the trial box: this key works");
    expect(first.stdout).toContain("not done: 1 of the 2 trustees");
    expect(await readdir(meeting.folder)).not.toContain("rehearsal.json");
    const state = await scrutin("ceremony", "rehearse", meeting.folder);
    expect(state.exitCode).toBe(1);
    expect(state.stdout).toContain("nobody could open the box: hold another ceremony before the polls open");
    await rm(meeting.path("2.key"));
    const lost = await meeting.rehearse(2);
    expect([lost.exitCode, lost.stderr]).toEqual([1, `${meeting.path("2.key")}: there is no such file.\n`]);
    const second = await meeting.rehearse(3);
    expect(second.stdout).toContain("the rehearsal is done: 2 of 3 trustees opened the trial box, 2 are needed");
    expect(second.stdout).toContain("not yet: Parti québécois");
    expect((await scrutin("ceremony", "rehearse", meeting.folder)).exitCode).toBe(0);
    const { openings } = await fieldsIn(join(meeting.folder, "rehearsal.json"));
    expect(openings).toHaveLength(2);
  });

  test("find a trial opening that is not its trustee's", async () => {
    const files = [1, 3].map((number) => join(meeting.folder, `trial-opening-trustee-${number}.json`));
    const [one, three] = files as [string, string];
    await copyFile(one, meeting.path("kept"));
    await copyFile(three, one);
    const { exitCode, stderr } = await scrutin("ceremony", "rehearse", meeting.folder);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${one} (trustee 1, Court of audit): this does not open the trial box`);
    await copyFile(meeting.path("kept"), one);
  });

  test("notice another record beside their messages", async () => {
    const path = join(meeting.folder, "ceremony.json");
    await change(path, (fields) => ({ ...fields, mixes: 1 }));
    for (const words of [["close"], ["rehearse"]]) {
      const { exitCode, stderr } = await scrutin("ceremony", ...words, meeting.folder);
      expect([exitCode, stderr.split(":")[0]]).toEqual([1, path]);
      expect(stderr).toContain("this is not the record that follows from the messages beside it");
    }
  });
});

describe("whatever is wrong in the folder is named, with what to do", () => {
  let meeting: Meeting;
  let whole: string;
  let tries = 0;
  beforeAll(async () => {
    meeting = await meet();
    await meeting.open();
    await holdAll(meeting);
    whole = meeting.folder;
  });
  afterAll(() => meeting.end());
  const copy = (): Promise<string> => meeting.copyOf(`try-${++tries}`);
  const file = (folder: string, round: number, trustee: number) =>
    join(folder, `round-${round}-trustee-${trustee}.json`);

  test.each([0, 1, 2])("a message of round %i that is gone", async (round) => {
    const folder = await copy();
    await rm(file(folder, round, 2));
    const { exitCode, stderr } = await meeting.join(1, folder);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `${file(folder, round, 2)} (trustee 2, Parti québécois): this is missing, though messages of a later round are there. What to do: ask that trustee for the file again.\n`,
    );
  });

  test("two messages that were swapped", async () => {
    const folder = await copy();
    await copyFile(file(folder, 1, 1), join(folder, "kept"));
    await rename(file(folder, 1, 2), file(folder, 1, 1));
    await rename(join(folder, "kept"), file(folder, 1, 2));
    const { exitCode, stderr } = await scrutin("ceremony", "close", folder);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${file(folder, 1, 1)} (trustee 1, Court of audit): this is another trustee's message`);
    expect(stderr).toContain(`${file(folder, 1, 2)} (trustee 2, Parti québécois): this is another trustee's message`);
  });

  test("a message that was altered, or cut short", async () => {
    const folder = await copy();
    const path = file(folder, 3, 3);
    const foreign = (await fieldsIn(file(folder, 3, 1))).recordSignature;
    await change(path, (fields) => ({ ...fields, recordSignature: foreign }));
    expect((await meeting.join(1, folder)).stderr).toContain(
      `${path} (trustee 3, University): this was altered: its signature does not fit`,
    );
    await writeFile(path, (await readFile(path, "utf8")).slice(0, 50));
    const cut = await meeting.join(1, folder);
    expect([cut.exitCode, cut.stderr.split(":")[0]]).toEqual([1, path]);
    expect(cut.stderr).toContain("altered or damaged");
  });

  test("a share that does not fit what its sender committed to, by whoever receives it", async () => {
    const folder = await copy();
    for (const trustee of [1, 2, 3]) await rm(file(folder, 3, trustee));
    const path = file(folder, 2, 2);
    const { secrets } = await openKeyFile(meeting.path("2.key"), PASSPHRASE);
    await change(path, ({ signature: _, shares, ...fields }) => {
      const [one, none] = shares as [unknown, null, unknown];
      const lie = { ...fields, shares: [one, none, one] };
      return signMessage((bytes) => nodeTrustees.sign(secrets.signing, bytes), lie as never);
    });
    // Its sender's share is another than the one sealed to trustee 3.
    const { exitCode, stderr } = await meeting.join(3, folder);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `${path} (trustee 2, Parti québécois): this holds a share that does not fit what its sender committed to. What to do: the ceremony starts again, in a new folder and without that trustee, unless the file was mixed up.\n`,
    );
    expect(await readdir(folder)).not.toContain("round-3-trustee-3.json");
  });

  test("another question than the one that all agreed to", async () => {
    const folder = await copy();
    await change(join(folder, "question.json"), (fields) => ({ ...fields, title: { fr: "Autre", en: "Other" } }));
    const { exitCode, stderr } = await meeting.join(1, folder);
    expect([exitCode, stderr.split(":")[0]]).toEqual([1, join(folder, "question.json")]);
  });

  test("another threshold than the one that all agreed to", async () => {
    const folder = await copy();
    await change(join(folder, "proposal.json"), (fields) => ({ ...fields, threshold: 3 }));
    const { exitCode, stderr } = await meeting.join(1, folder);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("this is of another ceremony");
  });

  test("a name that is not the one of the trustee's own file", async () => {
    const folder = await copy();
    await change(join(folder, "proposal.json"), (fields) => ({
      ...fields,
      trustees: (fields.trustees as Fields[]).map((one, place) => (place === 0 ? { ...one, name: "Auditor" } : one)),
    }));
    const { exitCode, stderr } = await meeting.join(2, folder);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("what it says of Auditor was not made by that trustee's key");
  });

  test("a key that is no trustee's", async () => {
    const stranger = await meet();
    const { exitCode, stderr } = await stranger.join(1, whole);
    await stranger.end();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "is no trustee of this ceremony. Its trustees are Court of audit, Parti québécois, University",
    );
  });

  test("a passphrase that is another's", async () => {
    await writeFile(meeting.path("wrong"), "another passphrase\n");
    const secret = ["--key", meeting.path("1.key"), "--passphrase-file", meeting.path("wrong")];
    for (const words of [
      ["trustee", "join"],
      ["ceremony", "rehearse"],
    ]) {
      const { exitCode, stderr } = await scrutin(...words, whole, ...secret);
      expect([exitCode, stderr.split(". ")[0]]).toEqual([
        1,
        `${meeting.path("1.key")}: the passphrase does not open this key`,
      ]);
    }
  });

  test("a folder that is none, or holds files already", async () => {
    const nowhere = await meeting.join(1, meeting.path("nowhere"));
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([
      1,
      `${meeting.path("nowhere")}/proposal.json: there is no such file. scrutin ceremony open makes a ceremony's folder.\n`,
    ]);
    const again = await meeting.open();
    expect([again.exitCode, again.stderr]).toEqual([
      1,
      `${whole}: this folder holds files already. Open the ceremony in a new one.\n`,
    ]);
  });
});

describe("a ceremony is not opened", () => {
  let meeting: Meeting;
  beforeAll(async () => {
    meeting = await meet();
  });
  afterAll(() => meeting.end());

  test.each([
    ["for one who opens alone", ["--threshold", "1"], "--threshold: from 2 to 3"],
    ["for more than there are", ["--threshold", "4"], "--threshold: from 2 to 3"],
    ["without a mix", ["--mixes", "0"], "--mixes: from 1 to 3"],
  ])("%s", async (_, words, said) => {
    const { exitCode, stderr } = await meeting.open(...words);
    expect([exitCode, stderr.includes(said)]).toEqual([1, true]);
    await expect(stat(meeting.folder)).rejects.toThrow("ENOENT");
  });

  test("with a trustee twice, or a public file that was altered", async () => {
    await copyFile(meeting.path("1.pub"), meeting.path("3.pub"));
    expect((await meeting.open()).stderr).toContain(`3.pub: name or key is that of ${meeting.path("1.pub")}`);
    await change(meeting.path("3.pub"), (fields) => ({ ...fields, name: "Court" }));
    expect((await meeting.open()).stderr).toContain("3.pub: this was altered: its signature does not fit");
  });

  test("with a key to which nothing can be sealed", async () => {
    const secrets = { signing: new Uint8Array(32), sealing: new Uint8Array(32), dealing: new Uint8Array(32) };
    const engine = { ...nodeTrustees, sealingKey: () => new Uint8Array(32) };
    await writeFile(meeting.path("3.pub"), canonicalText(publicTrustee(engine, "Court", secrets)));
    expect((await meeting.open()).stderr).toContain("3.pub: nothing can be sealed to this key");
  });

  test("for another election's definition", async () => {
    const words = ["--definition", meeting.path("law.json"), "--trustees", meeting.path("1.pub"), "--threshold", "2"];
    const { exitCode, stderr } = await scrutin(
      ...["ceremony", "open", "L2", ...words, "--mixes", "1", "--folder", meeting.folder],
    );
    expect([exitCode, stderr]).toEqual([
      1,
      `${meeting.path("law.json")}: this is the definition of election L1, not of L2.\n`,
    ]);
  });
});
