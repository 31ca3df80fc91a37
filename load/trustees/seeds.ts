import { createHash } from "node:crypto";
import type { RandomBytes } from "#core/trustees/group.ts";

/** What is made again with the same bytes: nothing that is made so is secret. */

/** 32 bytes of a name. */
export const seedOf = (name: string): Uint8Array => new Uint8Array(createHash("sha256").update(name).digest());

/** Bytes that look random: SHA-512 of the name and a counter, one after the other. */
export function drawnFrom(name: string): RandomBytes {
  let blocks = 0;
  let left = new Uint8Array();
  return (length) => {
    while (left.length < length) {
      const block = createHash("sha512").update(`${name} ${blocks}`).digest();
      left = new Uint8Array([...left, ...block]);
      blocks += 1;
    }
    const taken = left.slice(0, length);
    left = left.slice(length);
    return taken;
  };
}
