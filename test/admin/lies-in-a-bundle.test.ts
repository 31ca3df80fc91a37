import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatVerification } from "#admin/commands/certification-report.ts";
import { certifiedLaw, liesIn, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { groupedSha256 } from "#web/format.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe("a lie in the published files", () => {
  let bundle: Awaited<ReturnType<typeof certifiedLaw>>;
  beforeAll(async () => {
    bundle = await certifiedLaw(office, "C2");
  });

  /** Rewrites a file, verifies, and restores it. */
  async function liesAfter(name: string, rewrite: (text: string) => string, options = {}): Promise<readonly string[]> {
    const file = join(bundle.folder, name);
    const text = await readFile(file, "utf8");
    try {
      await writeFile(file, rewrite(text));
      return await liesIn(bundle.folder, options);
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

  test("a dropped, added or repeated ballot is caught", async () => {
    expect(await boxAfter((lines) => lines.slice(1))).toEqual(expect.arrayContaining(["Merkle root", "ballots"]));
    const foreign = await readFile(join((await certifiedLaw(office, "C3")).folder, "ballot-box.ndjson"), "utf8");
    const added = await boxAfter((lines) => [...lines, foreign.split("\n")[0] ?? ""].sort());
    expect(added).toEqual(expect.arrayContaining(["Merkle root", "ballots", "envelopes"]));
    const repeated = await boxAfter(([first = "", ...rest]) => [first, first, ...rest]);
    expect(repeated).toEqual(expect.arrayContaining(["Merkle root", "ballots", "envelopes"]));
    const replaced = await boxAfter(([first = "", , ...rest]) => [first, first, ...rest]);
    expect(replaced).toEqual(expect.arrayContaining(["Merkle root", "envelopes"]));
    expect(await boxAfter((lines) => lines.toReversed())).toEqual(expect.arrayContaining(["Merkle root", "order"]));
  });

  test("a voter whose one-time key somebody put under another line is told so", async () => {
    const trackingCode = bundle.codes[0] ?? "";
    const file = join(bundle.folder, "ballot-box.ndjson");
    const text = await readFile(file, "utf8");
    const lines = text.trimEnd().split("\n");
    const key = /"oneTimeKey":"[^"]*"/;
    const other = lines.find((line) => !line.includes(trackingCode));
    const victims = lines.find((line) => line.includes(trackingCode))?.match(key)?.[0] ?? "";
    try {
      await writeFile(
        file,
        `${lines.map((line) => (line === other ? line.replace(key, victims) : line)).join("\n")}\n`,
      );
      const { found } = await verifyBundle(bundle.folder, { trackingCode });
      expect(found).toEqual([{ regionId: "all", fate: "shared-key" }]);
      expect(formatVerification({ checks: [], found }, trackingCode)).toContain(
        "in the box, region all, but SPOILED: other ballots share its one-time key",
      );
    } finally {
      await writeFile(file, text);
    }
  });

  test("a changed count is caught, by the signature and by the recount", async () => {
    const names = async (from: RegExp, to: string) => liesAfter("certificate.json", (text) => text.replace(from, to));
    expect(await names(/"oui":6/, '"oui":7')).toEqual(
      expect.arrayContaining(["signature", "counts add up", "recount all"]),
    );
    expect(await names(/"duplicates":2/, '"duplicates":1')).toEqual(["signature"]);
    expect(await names(/"cast":12/, '"cast":13')).toEqual(
      expect.arrayContaining(["signature", "ballots", "counts add up"]),
    );
    expect(await names(/"setAside":0,"spoiled":1/, '"setAside":0,"spoiled":0')).toEqual(
      expect.arrayContaining(["signature", "envelopes"]),
    );
    expect(await names(/"onRoll":20/, '"onRoll":9')).toContain("counts add up");
    expect(await names(/"outcome":"adopted"/, '"outcome":"rejected"')).toEqual(
      expect.arrayContaining(["signature", "recount all"]),
    );
  });

  test("another signing key and another ballot key are caught", async () => {
    const other = await certifiedLaw(office, "C4");
    const foreign = await readFile(join(other.folder, "signature.json"), "utf8");
    expect(await liesAfter("signature.json", () => foreign)).toEqual(["signature", "opening"]);
    const key = await readFile(join(other.folder, "ballot-key.txt"), "utf8");
    expect(await liesAfter("ballot-key.txt", () => key)).toEqual(["ballot key"]);
    expect(await liesAfter("ballot-key.txt", () => "no key")).toEqual(["ballot key"]);
    const keyFile = office.path("own.key");
    await copyFile(join(bundle.folder, "ballot-key.txt"), keyFile);
    expect(await liesIn(bundle.folder, { keyFile })).toEqual([]);
    expect(await liesAfter("ballot-key.txt", () => key, { keyFile })).toEqual(["ballot key"]);
    expect(await liesAfter("ballot-key.txt", () => "no key", { keyFile })).toEqual(["ballot key"]);
    await rename(join(bundle.folder, "ballot-key.txt"), office.path("away"));
    expect(await liesIn(bundle.folder, { keyFile })).toEqual(["ballot key"]);
    await rename(office.path("away"), join(bundle.folder, "ballot-key.txt"));
    await writeFile(keyFile, key);
    expect(await liesIn(bundle.folder, { keyFile })).toEqual(["ballot key"]);
  });

  test("a file that is not byte for byte as it was written is refused, whatever a parser makes of it", async () => {
    const refused = async (name: string, from: string | RegExp, to: string): Promise<string> => {
      const before = await readFile(join(bundle.folder, name), "utf8");
      expect(before.replace(from, to)).not.toBe(before);
      return refusal(liesAfter(name, (text) => text.replace(from, to)));
    };
    for (const [from, to] of [
      ['"cast":12', '"cast":99,"cast":12'],
      ['"counts":', '"c\\u006funts":'],
      ['"cast":12', '"cast":1.2e1'],
      ['"cast":12', '"cast":12.0000000000000001'],
      ['"duplicates":2', '"duplicates":-0'],
      ['"invalid":2', '"invalid": 2'],
      [/"certifiedAt":("[^"]*"),("contests":.*?),"counts"/, '$2,"certifiedAt":$1,"counts"'],
      [/\n$/, ""],
      [/$/, " "],
      [/^/, "\ufeff"],
    ] as const) {
      expect(await refused("certificate.json", from, to)).toMatch(/not byte for byte|damaged/);
    }
    expect(await refused("signature.json", "{", "{ ")).toContain("not byte for byte");
    expect(await refused("ballot-key.txt", "\n", "\n\n")).toContain("not byte for byte");
    expect(await refused("ballot-box.ndjson", /\n$/, "")).toContain("cut short");
    expect(await refused("ballot-box.ndjson", /\n$/, `\n${"x".repeat(1_000_000)}\n`)).toContain("longer than any");
  });

  test("a field that shapes pass over, or nesting without end, is refused", async () => {
    const damaged = async (name: string, rewrite: (text: string) => string) => {
      expect(await refusal(liesAfter(name, rewrite))).toContain("damaged");
    };
    for (const [from, to] of [
      ['"onRoll":{"all":20}', '"onRoll":{"__proto__":5000,"all":20}'],
      ['"votes":{', '"votes":{"__proto__":"the election was annulled",'],
    ] as const) {
      await damaged("certificate.json", (text) => text.replace(from, to));
    }
    await damaged("opening.json", (text) => text.replace('"onRoll":{', '"onRoll":{"__proto__":5000,'));
    for (const name of ["certificate.json", "signature.json", "opening.json", "changes.json"]) {
      await damaged(name, () => `${"[".repeat(20_000)}${"]".repeat(20_000)}\n`);
      await damaged(name, () => `${'{"statement":'.repeat(20_000)}1${"}".repeat(20_000)}\n`);
    }
  });

  test("an opening is told by the digits that the ballot page shows, and fewer are asked again", async () => {
    const { opening: sha256, folder } = bundle;
    const checked = async (opening: string) =>
      (await verifyBundle(folder, { opening })).checks.find(({ name }) => name === "opening")?.isTrue;
    expect(await checked(groupedSha256(sha256))).toBe(true);
    const half = groupedSha256(sha256.slice(0, 32));
    expect(await checked(half)).toBe(true);
    expect(await checked(`${half.toUpperCase()}…`)).toBe(true);
    expect(await checked(sha256)).toBe(true);
    expect(await checked("0".repeat(32))).toBe(false);
    expect(await checked(`${sha256.slice(0, 63)}${sha256.endsWith("0") ? "1" : "0"}`)).toBe(false);
    expect(await refusal(checked(sha256.slice(0, 31)))).toContain("has 64 digits, and its first 32 will do");
    expect(await refusal(checked(`${sha256}0`))).toContain("has 65.");
    expect(await refusal(checked("none"))).toContain("is hexadecimal: none is not.");
  });

  test("line ends of Windows are named as that", async () => {
    for (const name of ["certificate.json", "signature.json", "ballot-box.ndjson", "ballot-key.txt"]) {
      const crlf = liesAfter(name, (text) => text.replaceAll("\n", "\r\n"));
      expect(await refusal(crlf)).toMatch(/its lines end in CRLF/);
    }
  });

  test("a pipe or a folder in place of a file is refused, and nothing waits for it", async () => {
    for (const name of ["certificate.json", "signature.json", "ballot-box.ndjson", "ballot-key.txt"]) {
      const file = join(bundle.folder, name);
      await rename(file, `${file}.kept`);
      try {
        execFileSync("mkfifo", [file]);
        expect(await refusal(liesIn(bundle.folder))).toContain("this is not a regular file");
        await rm(file);
        await mkdir(file);
        expect(await refusal(liesIn(bundle.folder))).toContain("this is not a regular file");
        await rm(file, { recursive: true });
      } finally {
        await rename(`${file}.kept`, file);
      }
    }
  });

  test("files other than a certified election are refused in a sentence", async () => {
    expect(await refusal(verifyBundle(office.path("nowhere")))).toContain("this is not a certified election");
    expect(await refusal(liesAfter("certificate.json", (text) => text.slice(1)))).toContain("damaged");
  });
});
