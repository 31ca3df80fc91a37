import { createHash } from "node:crypto";
import type { RandomBytes } from "#core/trustees/group.ts";

/** Bytes that look random and are the same each time: SHA-512 of the seed and a counter, one after the other. */
export function seeded(seed: string): RandomBytes {
  let blocks = 0;
  let left = new Uint8Array();
  return (length) => {
    while (left.length < length) {
      const block = createHash("sha512").update(`${seed} ${blocks}`).digest();
      left = new Uint8Array([...left, ...block]);
      blocks += 1;
    }
    const taken = left.slice(0, length);
    left = left.slice(length);
    return taken;
  };
}
