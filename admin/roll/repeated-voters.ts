import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GoodRow } from "#admin/roll/rows.ts";
import { voterFingerprints } from "#admin/roll/voter-fingerprints.ts";

/**
 * Finds rows that name a voter again, in constant memory: fingerprints are partitioned by their first bits into temporary
 * files, each small enough to be searched by itself.
 */
export type RepeatedVoters = Readonly<{
  /** Notes a row; rows may come in any order. */
  note(row: GoodRow): void;
  /** Writes full buffers out; await it regularly. */
  settle(): Promise<void>;
  /** Rows that name a voter again, part by part: in the same region, or elsewhere. */
  find(): AsyncIterable<Readonly<{ line: number; found: "repeated" | "elsewhere" }>>;
  /** Deletes what was kept. */
  close(): Promise<void>;
}>;

const PARTS = 64;
/** 64 bits of the hash, the line, the region's number. */
const RECORD_BYTES = 8 + 4 + 2;
/** 20 bits; with a line's 32 they fit a double. */
const MOST_IN_A_PART = 2 ** 20;
const BUFFERED_RECORDS = 2048;
const BUFFER_BYTES = BUFFERED_RECORDS * RECORD_BYTES;

type Part = {
  file: FileHandle | undefined;
  path: string;
  records: number;
  buffer: Buffer;
  used: number;
  full: Buffer[];
};

/** Fills `into` from the start of a file. Throws when the file is shorter. */
async function readWhole(file: FileHandle | undefined, into: Buffer): Promise<void> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = (await file?.read(into, at, into.length - at, at)) ?? { bytesRead: 0 };
    if (bytesRead === 0)
      throw new Error("a temporary file of the roll's voters is shorter than what was written to it");
    at += bytesRead;
  }
}

export async function repeatedVoters(): Promise<RepeatedVoters> {
  // Readable by its owner only, and a quarter of a hash names nobody without the pepper.
  const folder = await mkdtemp(join(tmpdir(), "scrutin-roll-"));
  const regionNumbers = new Map<string, number>();
  const parts = Array.from({ length: PARTS }, (_, part): Part => {
    const buffer = Buffer.alloc(BUFFER_BYTES);
    return { file: undefined, path: join(folder, String(part)), records: 0, buffer, used: 0, full: [] };
  });

  // Reused: V8 is slow to collect buffers.
  const spare: Buffer[] = [];
  const write = async (part: Part): Promise<void> => {
    if (part.full.length === 0) return;
    part.file ??= await open(part.path, "a+", 0o600);
    for (const buffer of part.full.splice(0)) {
      await part.file.write(buffer);
      if (buffer.length === BUFFER_BYTES) spare.push(buffer);
    }
  };
  /** A part's records by line: keys of line and index, sorted. */
  const inOrder = (records: Buffer, keys: Float64Array): Float64Array => {
    for (let index = 0; index < keys.length; index++) {
      keys[index] = records.readUInt32BE(index * RECORD_BYTES + 8) * MOST_IN_A_PART + index;
    }
    return keys.sort();
  };

  return {
    note({ hash, regionId, line }) {
      const region = regionNumbers.get(regionId) ?? regionNumbers.size + 1;
      regionNumbers.set(regionId, region);
      const bits = Buffer.from(hash.slice(0, 11), "base64url");
      const part = parts[(bits[0] ?? 0) % PARTS];
      if (part === undefined) throw new RangeError("there are as many parts as remainders");
      bits.copy(part.buffer, part.used, 0, 8);
      part.buffer.writeUInt32BE(line, part.used + 8);
      part.buffer.writeUInt16BE(region, part.used + 12);
      part.used += RECORD_BYTES;
      part.records++;
      if (part.used === BUFFER_BYTES) {
        part.full.push(part.buffer);
        part.buffer = spare.pop() ?? Buffer.alloc(BUFFER_BYTES);
        part.used = 0;
      }
    },

    async settle() {
      for (const part of parts) await write(part);
    },

    async *find() {
      // One allocation serves all parts, for the same reason.
      const most = Math.max(...parts.map(({ records }) => records));
      if (most > MOST_IN_A_PART) throw new RangeError(`a roll has at most ${PARTS * MOST_IN_A_PART} voters`);
      const bytes = Buffer.alloc(most * RECORD_BYTES);
      const keys = new Float64Array(most);
      const seen = voterFingerprints(most);
      for (const part of parts) {
        part.full.push(part.buffer.subarray(0, part.used));
        await write(part);
        const records = bytes.subarray(0, part.records * RECORD_BYTES);
        await readWhole(part.file, records);
        seen.clear();
        for (const key of inOrder(records, keys.subarray(0, part.records))) {
          const at = (key % MOST_IN_A_PART) * RECORD_BYTES;
          const found = seen.note(
            records.readUInt32BE(at),
            records.readUInt32BE(at + 4),
            records.readUInt16BE(at + 12),
          );
          if (found !== "new") yield { line: records.readUInt32BE(at + 8), found };
        }
      }
    },

    async close() {
      for (const { file } of parts) await file?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
