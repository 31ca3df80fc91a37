/** Voters named so far, by hash, each with the region of the first row that names it. A Map is one, for a small file. */
export type NamedVoters = Readonly<{
  get(hash: string): string | undefined;
  set(hash: string, regionId: string): void;
}>;

/**
 * For millions of voters, by 78 bits of each hash: that two of eight million voters share them has a probability below
 * 0.0000000002. Split by the first character, since a Map holds 16 million entries at most.
 */
export function namedVoters(): NamedVoters {
  const parts = new Map<string, Map<string, string>>();
  // A longer slice would keep the whole hash in memory.
  const keyOf = (hash: string): string => hash.slice(1, 13);
  // One string for all voters of a region.
  const regions = new Map<string, string>();
  return {
    get: (hash) => parts.get(hash.charAt(0))?.get(keyOf(hash)),
    set(hash, regionId) {
      const part = parts.get(hash.charAt(0)) ?? new Map<string, string>();
      parts.set(hash.charAt(0), part);
      const region = regions.get(regionId) ?? regionId;
      regions.set(region, region);
      part.set(keyOf(hash), region);
    },
  };
}
