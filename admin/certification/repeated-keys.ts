import { fromBase64Url } from "#core/bytes.ts";

/**
 * One-time keys under which more than one ballot was cast. Only who sealed the first can have signed the others, so it takes
 * voters who share a key; none of their ballots counts.
 */

/** Tells each ballot's one-time key, in base64url; each time the same ones, in any order. */
export type EachKey = (tell: (oneTimeKey: string) => void) => Promise<void>;

const FIRST_SIZE = 1024;

/** The beginning of a key: eight bytes a ballot are all that memory holds of a box. */
function beginningOf(oneTimeKey: string): bigint {
  const bytes = fromBase64Url(oneTimeKey) ?? new Uint8Array(8);
  return new DataView(bytes.buffer).getBigUint64(0);
}

async function repeatedBeginnings(eachKey: EachKey): Promise<ReadonlySet<bigint>> {
  let beginnings = new BigUint64Array(FIRST_SIZE);
  let size = 0;
  await eachKey((oneTimeKey) => {
    if (size === beginnings.length) {
      const larger = new BigUint64Array(2 * size);
      larger.set(beginnings);
      beginnings = larger;
    }
    beginnings[size++] = beginningOf(oneTimeKey);
  });
  const sorted = beginnings.subarray(0, size).sort();
  return new Set(sorted.filter((beginning, index) => index > 0 && beginning === sorted[index - 1]));
}

export async function repeatedKeys(eachKey: EachKey): Promise<ReadonlySet<string>> {
  const suspects = await repeatedBeginnings(eachKey);
  const times = new Map<string, number>();
  if (suspects.size === 0) return new Set();
  await eachKey((oneTimeKey) => {
    if (suspects.has(beginningOf(oneTimeKey))) times.set(oneTimeKey, (times.get(oneTimeKey) ?? 0) + 1);
  });
  return new Set([...times].filter(([, count]) => count > 1).map(([oneTimeKey]) => oneTimeKey));
}
