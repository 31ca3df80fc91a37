import { packTrackingCode, TRACKING_CODE_BYTES } from "#core/tracking-code.ts";
import type { BulletinBoard } from "#storage/bulletin-board-table.ts";

export type PostedCodes = Readonly<{
  /** Whether a tracking code is on the election's board now. */
  has(electionId: string, trackingCode: string): Promise<boolean>;
}>;

/** Since clocks differ and writes take a while, each reading overlaps the last by this much; repeats are ignored. */
const OVERLAP_MS = 120_000;
/** The board is read at most this often. */
const READ_EVERY_MS = 1_000;

/** Whether a code is among the sorted, packed codes of one row. */
function holds(codes: Uint8Array, wanted: Uint8Array): boolean {
  let low = 0;
  let high = codes.length / TRACKING_CODE_BYTES - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const code = codes.subarray(middle * TRACKING_CODE_BYTES, (middle + 1) * TRACKING_CODE_BYTES);
    const order = Buffer.compare(code, wanted);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Keeps one election's board; each reading fetches only what was posted since the last. */
function readBoard(
  board: BulletinBoard,
  electionId: string,
  now: () => number,
): () => Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = new Map<string, Uint8Array>();
  let readUntilMs = 0;
  let reading: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<void> => {
    const startedMs = now();
    for await (const { row, codes } of board.postedSince(electionId, readUntilMs - OVERLAP_MS)) {
      if (!rows.has(row)) rows.set(row, codes);
    }
    readUntilMs = startedMs;
  };
  return async () => {
    // One reading at a time: a caller waits for the current one, and reads again only if that is too old by then.
    const next = reading.catch(() => undefined).then(() => (now() - readUntilMs < READ_EVERY_MS ? undefined : read()));
    reading = next;
    await next;
    return rows;
  };
}

/**
 * Keeps the boards in memory: 13 bytes a ballot, 104 MB for eight million. The table has no index by tracking code, which
 * would cost as much to write as the vote itself.
 */
export function postedCodes(board: BulletinBoard, now: () => number): PostedCodes {
  const boards = new Map<string, ReturnType<typeof readBoard>>();
  return {
    async has(electionId, trackingCode) {
      const rowsOf = boards.get(electionId) ?? readBoard(board, electionId, now);
      boards.set(electionId, rowsOf);
      const wanted = packTrackingCode(trackingCode);
      return [...(await rowsOf()).values()].some((codes) => holds(codes, wanted));
    },
  };
}
