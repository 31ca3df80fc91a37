/** Commits to many lines, of a ballot box or a roll. Hashing is an argument, so that a browser can check a bundle as the command line does. */

/** SHA-256: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export type MerkleTree = Readonly<{
  add(leaf: Uint8Array): void;
  /** The root over the leaves added so far, 32 bytes. */
  root(): Uint8Array;
}>;

const LEAF = 0x00;
const NODE = 0x01;

function prefixed(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 1));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * The Merkle tree hash of RFC 6962, section 2.1, leaf by leaf. It keeps only the roots of complete subtrees, at most one for
 * each bit of the number of leaves. Leaves and nodes are hashed with different prefixes, so neither passes for the other.
 */
export function merkleTree(sha256: Sha256): MerkleTree {
  const complete: { leaves: number; hash: Uint8Array }[] = [];
  const join = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(prefixed(NODE, left, right));
  return {
    add(leaf) {
      let subtree = { leaves: 1, hash: sha256(prefixed(LEAF, leaf)) };
      for (let left = complete.at(-1); left?.leaves === subtree.leaves; left = complete.at(-1)) {
        complete.pop();
        subtree = { leaves: subtree.leaves * 2, hash: join(left.hash, subtree.hash) };
      }
      complete.push(subtree);
    },
    root() {
      const hashes = complete.map(({ hash }) => hash);
      return hashes.length === 0 ? sha256(new Uint8Array()) : hashes.reduceRight((right, left) => join(left, right));
    },
  };
}
