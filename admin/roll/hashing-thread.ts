import { createSecretKey } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { HashingJob, HashingTask } from "#admin/roll/hashing.ts";
import { checkRows } from "#admin/roll/rows.ts";

/** A hashing thread: answers each block with its checked rows, in order. */

const { rules, pepper }: HashingTask = workerData;
const key = createSecretKey(pepper);

parentPort?.on("message", ({ block, headed }: HashingJob) => {
  parentPort?.postMessage(checkRows(rules, key, block, headed));
});
