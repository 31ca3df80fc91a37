import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBoxLine, writeBoxLine } from "#core/ballot-box.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { merkleTree } from "#core/merkle-tree.ts";

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function rootOf(leaves: readonly Uint8Array[]): string {
  const tree = merkleTree(sha256);
  for (const leaf of leaves) tree.add(leaf);
  return hex(tree.root());
}

/** MTH of RFC 6962, section 2.1, word by word. */
function merkleTreeHash(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return sha256(Buffer.concat([Uint8Array.of(0), only]));
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.concat([Uint8Array.of(1), merkleTreeHash(leaves.slice(0, k)), merkleTreeHash(leaves.slice(k))]));
}

describe("the Merkle root of a ballot box", () => {
  test("matches the published test vectors", () => {
    // From the tests of the reference implementation, Certificate Transparency's merkletree.
    const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const roots = new Map([
      [0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
      [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
      [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
      [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
      [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
      [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
    ]);
    for (const [count, root] of roots) {
      expect(rootOf(leaves.slice(0, count).map((leaf) => Buffer.from(leaf, "hex")))).toBe(root);
    }
  });

  test("is RFC 6962's tree hash for any number of ballots", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), (leaves) => {
        expect(rootOf(leaves)).toBe(hex(merkleTreeHash(leaves)));
      }),
    );
  });
});

describe("what is signed", () => {
  test("has one canonical form, whatever the order of fields and the white space in its file", () => {
    const value = { b: [1, { d: null, c: "é\n" }], a: true, left: undefined };
    expect(canonicalJson(value)).toBe('{"a":true,"b":[1,{"c":"é\\n","d":null}]}');
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(JSON.parse(canonicalJson(json))).toEqual(JSON.parse(JSON.stringify(json)));
      }),
    );
  });
});

describe("a line of the box", () => {
  const line = { trackingCode: "ABCDEFGHIJKLMNOPQRST", regionId: "1", oneTimeKey: "A".repeat(43), envelope: "AAAA" };

  test("is read back as written", () => {
    expect(readBoxLine(writeBoxLine(line))).toEqual(line);
    const { trackingCode, regionId } = line;
    const setAside = { trackingCode, regionId, setAside: true } as const;
    expect(readBoxLine(writeBoxLine(setAside))).toEqual(setAside);
  });

  test("has one canonical form, and nothing that says who or when", () => {
    for (const text of [
      "",
      "{}",
      `${writeBoxLine(line)} `,
      JSON.stringify({ ...line, castAt: "2025-01-01" }),
      JSON.stringify({ ...line, setAside: true }),
      JSON.stringify({ trackingCode: line.trackingCode, regionId: "1", setAside: false }),
      JSON.stringify({ ...line, trackingCode: undefined, regionId: "1" }),
      writeBoxLine({ ...line, trackingCode: "abcdefghijklmnopqrst" }),
    ]) {
      expect(readBoxLine(text)).toBeUndefined();
    }
  });
});
