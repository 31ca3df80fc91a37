/**
 * Which voters a file has named so far, and in which region: an open-addressing table over the first 64 bits of each
 * voter's hash, 20 to 40 bytes a voter where a Set of hashes takes over 100. Hashes are uniform, so among eight million voters
 * two share these bits with a probability below 0.000002.
 */
export type VoterFingerprints = Readonly<{
  /** Notes a voter by hash (base64url); "elsewhere" when the hash was noted in another region, which stands. */
  note(hash: string, regionId: string): "new" | "repeated" | "elsewhere";
}>;

type Slots = Readonly<{ high: Uint32Array; low: Uint32Array; region: Uint16Array }>;

const FEWEST_SLOTS = 1024;

function emptySlots(count: number): Slots {
  return { high: new Uint32Array(count), low: new Uint32Array(count), region: new Uint16Array(count) };
}

/** The slot that holds a fingerprint, or the empty one where it belongs. The number of slots is a power of two. */
function slotOf({ high, low, region }: Slots, fingerprintHigh: number, fingerprintLow: number): number {
  const mask = region.length - 1;
  let slot = fingerprintLow & mask;
  while (region[slot] !== 0 && (high[slot] !== fingerprintHigh || low[slot] !== fingerprintLow))
    slot = (slot + 1) & mask;
  return slot;
}

function grown(slots: Slots): Slots {
  const larger = emptySlots(slots.region.length * 2);
  slots.region.forEach((region, slot) => {
    if (region === 0) return;
    const [high = 0, low = 0] = [slots.high[slot], slots.low[slot]];
    const target = slotOf(larger, high, low);
    larger.high[target] = high;
    larger.low[target] = low;
    larger.region[target] = region;
  });
  return larger;
}

/** An empty table, sized for about as many voters; it grows when there are more. */
export function voterFingerprints(expected = 0): VoterFingerprints {
  // An empty slot has region number 0, so regions are numbered from 1.
  const regionNumbers = new Map<string, number>();
  let slots = emptySlots(Math.max(FEWEST_SLOTS, 2 ** Math.ceil(Math.log2(2 * expected + 1))));
  let noted = 0;
  return {
    note(hash, regionId) {
      let regionNumber = regionNumbers.get(regionId);
      if (regionNumber === undefined) {
        regionNumber = regionNumbers.size + 1;
        regionNumbers.set(regionId, regionNumber);
      }
      if (noted * 2 >= slots.region.length) slots = grown(slots);
      const bytes = Buffer.from(hash, "base64url");
      const [high, low] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
      const slot = slotOf(slots, high, low);
      if (slots.region[slot] !== 0) return slots.region[slot] === regionNumber ? "repeated" : "elsewhere";
      slots.high[slot] = high;
      slots.low[slot] = low;
      slots.region[slot] = regionNumber;
      noted++;
      return "new";
    },
  };
}
