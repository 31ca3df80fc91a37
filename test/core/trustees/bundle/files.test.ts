import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { BoxFile } from "#core/trustees/bundle/box-file.ts";
import {
  readTrusteeLine,
  type TrusteeBoxLine,
  trusteeLineBytes,
  writeTrusteeLine,
} from "#core/trustees/bundle/box-line.ts";
import { MixFile, type MixFileStatement, mixFileBytes } from "#core/trustees/bundle/mix-file.ts";
import { OpeningFile, type OpeningFileStatement, openingFileBytes } from "#core/trustees/bundle/opening-file.ts";

const text = (bytes: number): string => randomBytes(bytes).toString("base64url");
const line = (fields: Partial<TrusteeBoxLine> = {}): TrusteeBoxLine => ({
  ...{ regionId: "north-1", trackingCode: "ABCDEFGHIJKLMNOPQRST" },
  ...{ voterKey: text(32), body: text(128), signature: text(64) },
  ...fields,
});

describe("a line of the box", () => {
  test("has one form, with region and tracking code first", () => {
    const written = writeTrusteeLine(line());
    expect(written).toMatch(
      /^\{"regionId":"north-1","trackingCode":"ABCDEFGHIJKLMNOPQRST","voterKey":"[\w-]{43}","body":"[\w-]{171}","signature":"[\w-]{86}"\}$/,
    );
    const read = readTrusteeLine(written);
    expect(read && writeTrusteeLine(read)).toBe(written);
  });

  test.each(["1", "north-1", "a".repeat(40)])("of region %s is as long as any other of that region", (regionId) => {
    expect(Buffer.byteLength(`${writeTrusteeLine(line({ regionId }))}\n`)).toBe(trusteeLineBytes(regionId));
  });

  test.each([
    ["in another order", (text: string) => text.replace(/("regionId":"[^"]*"),("trackingCode":"[^"]*")/, "$2,$1")],
    ["with a space", (text: string) => text.replace(",", ", ")],
    ["with another field", (text: string) => text.replace("}", ',"castAt":"2026"}')],
    ["cut short", (text: string) => text.slice(0, -1)],
    ["with a field twice", (text: string) => text.replace("{", '{"regionId":"1",')],
  ])("is not read %s", (_, change) => {
    expect(readTrusteeLine(change(writeTrusteeLine(line())))).toBeUndefined();
  });

  test.each([
    ["a voter key that is too short", { voterKey: text(31) }],
    ["a body that is too long", { body: text(129) }],
    ["a signature in another form than canonical base64url", { signature: `${text(64).slice(0, -1)}_` }],
    ["no tracking code", { trackingCode: "abc" }],
    ["a region that is none", { regionId: "north 1" }],
  ])("is not read with %s", (_, fields) => {
    expect(readTrusteeLine(JSON.stringify(line(fields)))).toBeUndefined();
  });
});

const hex = "0f".repeat(32);
const common = { ceremony: text(32), box: hex, trustee: 2, sha256: hex };
const mix: MixFileStatement = { format: "scrutin-mix-1", mix: 1, ...common };
const opening: OpeningFileStatement = { format: "scrutin-opening-by-trustee-1", mixes: [hex], ...common };

describe("what a trustee signs", () => {
  test("differs with every field", () => {
    const other = { ceremony: text(32), box: "1f".repeat(32), trustee: 3, sha256: "1f".repeat(32), mix: 2 };
    const changed = Object.entries(other).map(([name, value]) => mixFileBytes({ ...mix, [name]: value }));
    const mixes = openingFileBytes({ ...opening, mixes: [hex, hex] });
    const signed = [mixFileBytes(mix), ...changed, openingFileBytes(opening), mixes];
    expect(new Set(signed.map((bytes) => Buffer.from(bytes).toString("hex"))).size).toBe(signed.length);
  });

  test("is read in its form only", () => {
    expect(MixFile.safeParse({ statement: mix, signature: text(64) }).success).toBe(true);
    expect(OpeningFile.safeParse({ statement: opening, signature: text(64) }).success).toBe(true);
    expect(MixFile.safeParse({ statement: mix, signature: text(63) }).success).toBe(false);
    expect(MixFile.safeParse({ statement: { ...mix, mix: 0 }, signature: text(64) }).success).toBe(false);
    expect(MixFile.safeParse({ statement: { ...mix, more: 1 }, signature: text(64) }).success).toBe(false);
  });
});

test("the box's file holds why each ballot that is not in it was set aside, in words that are known", () => {
  const statement = {
    ...{ format: "scrutin-box-1", electionId: "E1", ceremony: text(32), opening: hex, rollRoot: hex },
    ...{ closesAt: "2026-11-29T01:00:00Z", ballots: { "1": 2, "2": 0 }, merkleRoot: hex },
    setAside: [{ trackingCode: "ABCDEFGHIJKLMNOPQRST", regionId: "1", why: "unsigned" }],
  };
  const signature = { algorithm: "Ed25519", publicKey: text(32), signature: text(64) };
  expect(BoxFile.safeParse({ statement, signature }).success).toBe(true);
  const setAside = [{ ...statement.setAside[0], why: "disliked" }];
  expect(BoxFile.safeParse({ statement: { ...statement, setAside }, signature }).success).toBe(false);
});
