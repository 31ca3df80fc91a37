import { fromBase64Url } from "#core/bytes.ts";

/** A person as a row or the roll names them: by `identity`, whatever their code is, and with a code by `hash`. */
export type Naming = Readonly<{ identity: string; hash: string; regionId: string }>;

/** How a person was named before. */
export type NamedBefore = Readonly<{ regionId: string; isSameCode: boolean; isFromRoll: boolean }>;

/** Persons named so far, by the roll or by rows of a file, each as the last that was noted. */
export type NamedVoters = Readonly<{
  find(naming: Naming): NamedBefore | undefined;
  note(naming: Naming, from: "roll" | "file"): void;
}>;

const CODES = 2 ** 32;
/** Regions and where a naming is from fit beside the code, within the whole numbers that a double holds. */
const MOST_REGIONS = 2 ** 20;

/**
 * For millions of voters, by 72 bits of each identity: that two of eight million voters share them has a probability below
 * 0.00000001. Of the code 32 bits are kept, so that another code passes for the same once in four billion. Split by the first
 * character, since a Map holds 16 million entries at most.
 */
export function namedVoters(): NamedVoters {
  const parts = new Map<string, Map<string, number>>();
  // A longer slice would keep the whole hash in memory.
  const keyOf = (identity: string): string => identity.slice(1, 13);
  const codeOf = (hash: string): number => Buffer.from(fromBase64Url(hash) ?? []).readUInt32BE();
  const regions: string[] = [];
  const indexes = new Map<string, number>();
  const indexOf = (regionId: string): number => {
    const index = indexes.get(regionId) ?? regions.push(regionId) - 1;
    if (index >= MOST_REGIONS) throw new RangeError("a roll has too many regions");
    indexes.set(regionId, index);
    return index;
  };
  return {
    find({ identity, hash }) {
      const known = parts.get(identity.charAt(0))?.get(keyOf(identity));
      if (known === undefined) return undefined;
      const rest = Math.floor(known / CODES);
      return {
        regionId: regions[rest >> 1] ?? "",
        isSameCode: known % CODES === codeOf(hash),
        isFromRoll: rest % 2 === 1,
      };
    },
    note({ identity, hash, regionId }, from) {
      const part = parts.get(identity.charAt(0)) ?? new Map<string, number>();
      parts.set(identity.charAt(0), part);
      const rest = 2 * indexOf(regionId) + (from === "roll" ? 1 : 0);
      part.set(keyOf(identity), rest * CODES + codeOf(hash));
    },
  };
}
