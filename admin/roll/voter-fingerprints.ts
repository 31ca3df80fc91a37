/**
 * Which voters were named so far, and in which region: an open-addressing table over the first 64 bits of each voter's
 * hash, 20 to 40 bytes a voter. Hashes are uniform, so among eight million voters two share these bits with a probability
 * below 0.000002.
 */
export type VoterFingerprints = Readonly<{
  /** Notes a voter by the first 64 bits of the hash, and a region's number from 1; "elsewhere" when the voter was noted in another region, which stands. */
  note(high: number, low: number, region: number): "new" | "repeated" | "elsewhere";
  /** Forgets everybody. */
  clear(): void;
}>;

/** An empty table for at most as many voters. */
export function voterFingerprints(most: number): VoterFingerprints {
  const slots = 2 ** Math.ceil(Math.log2(2 * most + 1));
  const highs = new Uint32Array(slots);
  const lows = new Uint32Array(slots);
  // An empty slot has region 0.
  const regions = new Uint16Array(slots);
  return {
    note(high, low, region) {
      let slot = low & (slots - 1);
      while (regions[slot] !== 0 && (highs[slot] !== high || lows[slot] !== low)) slot = (slot + 1) & (slots - 1);
      if (regions[slot] !== 0) return regions[slot] === region ? "repeated" : "elsewhere";
      highs[slot] = high;
      lows[slot] = low;
      regions[slot] = region;
      return "new";
    },
    clear() {
      regions.fill(0);
    },
  };
}
