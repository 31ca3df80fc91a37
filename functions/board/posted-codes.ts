import { packTrackingCode, TRACKING_CODE_BYTES } from "#core/tracking-code.ts";
import type { BulletinBoard } from "#storage/bulletin-board-table.ts";

export type PostedCodes = Readonly<{
  /** Whether a tracking code stands on the election's board, as of now. */
  has(electionId: string, trackingCode: string): Promise<boolean>;
}>;

/** Clocks differ and writes take a while: each reading goes back this far behind the last, and knows again what it has. */
const OVERLAP_MS = 120_000;
/** The board is read at most once in this time, however many ask. */
const READ_EVERY_MS = 1_000;

/** Whether a code stands among the sorted codes of one row, all of them packed. */
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

/** One election's board, as far as it was read; later readings fetch only what was posted since. */
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
    // One reading at a time; who asks meanwhile waits for it, and reads again only if it is too old by then.
    const next = reading.catch(() => undefined).then(() => (now() - readUntilMs < READ_EVERY_MS ? undefined : read()));
    reading = next;
    await next;
    return rows;
  };
}

/**
 * Remembers the boards between questions: 13 bytes a ballot, 104 MB for eight million. The table cannot be asked by tracking
 * code, since an index by it would cost as much to write as the vote itself.
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
