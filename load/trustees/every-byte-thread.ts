import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import { answerTasks } from "#admin/trustees/bundle/threads.ts";
import type { FilesRead } from "#admin/trustees/verify/read-bundle.ts";
import { type ByteRange, unfoundChanges } from "#load/trustees/every-byte.ts";

/** A thread that changes bytes, in a copy of its own. */

const place = mkdtempSync(join(tmpdir(), "scrutin-bytes-"));
const folder = join(place, "bundle");
cpSync(workerData, folder, { recursive: true });
process.on("exit", () => rmSync(place, { recursive: true, force: true }));

const read: FilesRead = new Map();

answerTasks<ByteRange, readonly number[]>(async (range) => ({ answer: await unfoundChanges(folder, range, read) }));
