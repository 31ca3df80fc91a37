import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKeyFile, openKeyFile, unsealed } from "#admin/trustees/key-file.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { publicTrustee } from "#core/trustees/ceremony/trustee.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";
import { runTool } from "#test/admin/tool.ts";
import { scrutin } from "#test/admin/trustees/meeting.ts";

const QUICK = { N: 2 ** 4 };
const PASSPHRASE = "une phrase à retenir";

let place: string;
const at = (name: string): string => join(place, name);
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "scrutin-keys-"));
  await writeFile(at("passphrase"), `${PASSPHRASE}\r\nanother line\n`);
});
afterAll(() => rm(place, { recursive: true }));

describe("scrutin trustee new", () => {
  const make = (out: string, passphrase = "passphrase") =>
    runTool(1, ["trustee", "new", "--name", "Cour des comptes", "--out", at(out), "--passphrase-file", at(passphrase)]);

  test("writes a key file that only its owner reads, and a public file with nothing secret; says the words", async () => {
    const { exitCode, stdout, stderr } = await make("court.key");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect((await stat(at("court.key"))).mode & 0o777).toBe(0o600);
    expect(stdout).toContain(`wrote ${at("court.pub")}`);
    expect(stdout).toMatch(
      /Cour des comptes, read these words aloud when the trustees meet:\n {2}English {3}(\w+ ){5}\w+\n/,
    );
    const { trustee, secrets } = await openKeyFile(at("court.key"), PASSPHRASE);
    expect(await readFile(at("court.pub"), "utf8")).toBe(canonicalText(trustee));
    expect(publicTrustee(nodeTrustees, "Cour des comptes", secrets)).toEqual(trustee);
    expect(stdout).not.toContain(PASSPHRASE);
  });

  test("never writes over a key file, nor over a public one", async () => {
    const before = await readFile(at("court.key"), "utf8");
    const again = await make("court.key");
    expect([again.exitCode, again.stderr]).toEqual([
      1,
      `${at("court.key")}: this file is there already, and was left as it is.\n`,
    ]);
    expect(await readFile(at("court.key"), "utf8")).toBe(before);
    await writeFile(at("other.pub"), "");
    expect((await make("other.key")).stderr).toContain(`${at("other.pub")}: this file is there already`);
    expect(await readdir(place)).not.toContain("other.key");
  });

  test("refuses a short passphrase, a name of two lines, and to ask where nobody types", async () => {
    await writeFile(at("short"), "short\n");
    const words = ["trustee", "new", "--out", at("new.key")];
    for (const [more, said] of [
      [["--name", "Court", "--passphrase-file", at("short")], "The passphrase has fewer than 12 characters"],
      [["--name", "Court\nof", "--passphrase-file", at("passphrase")], "--name: a name has 1 to 100 characters"],
      [["--name", "Court"], "The passphrase is asked for at a terminal. In a script, give --passphrase-file."],
      [["--name", "Court", "--passphrase-file", at("none")], "there is no such file"],
    ] as const) {
      const { exitCode, stderr } = await scrutin(...words, ...more);
      expect([exitCode, stderr.includes(said)]).toEqual([1, true]);
    }
    expect(await readdir(place)).not.toContain("new.key");
  });
});

describe("a key file", () => {
  test("is opened by its passphrase only, whichever way its accents were typed", async () => {
    const key = await makeKeyFile("Court", PASSPHRASE, QUICK);
    expect(await unsealed(key, PASSPHRASE.normalize("NFD"))).toBeDefined();
    expect(await unsealed(key, `${PASSPHRASE} `)).toBeUndefined();
    await writeFile(at("one.key"), canonicalText(key));
    await expect(openKeyFile(at("one.key"), "another passphrase")).rejects.toThrow(
      `${at("one.key")}: the passphrase does not open this key.`,
    );
  });

  test("does not open once anything in it was altered, its name included", async () => {
    const [key, other] = [await makeKeyFile("Court", PASSPHRASE, QUICK), await makeKeyFile("Court", PASSPHRASE, QUICK)];
    for (const altered of [
      { ...key, public: other.public },
      { ...key, salt: other.salt },
      { ...key, nonce: other.nonce },
      { ...key, sealed: other.sealed },
      { ...key, cost: { ...key.cost, N: 2 ** 5 } },
    ]) {
      expect(await unsealed(altered, PASSPHRASE)).toBeUndefined();
    }
  });

  test("is told from other files, and asks for no more memory than a machine has", async () => {
    const key = await makeKeyFile("Court", PASSPHRASE, QUICK);
    for (const text of [
      "",
      "{}\n",
      JSON.stringify(key, null, 2),
      canonicalText({ ...key, cost: { ...key.cost, N: 2 ** 30 } }),
    ]) {
      await writeFile(at("bad.key"), text);
      await expect(openKeyFile(at("bad.key"), PASSPHRASE)).rejects.toThrow("this is not a trustee's key file");
    }
  });
});
