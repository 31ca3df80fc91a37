import { closeSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import * as z from "zod";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { PostPlan, PostRequest } from "#load/shared/ballots.ts";

/** A plan as a file for the process that posts it, one post a line. */

const Post = z.object({ path: z.string(), body: z.string(), from: z.string().optional() });

const BYTES_AT_A_TIME = 1 << 18;

/** Writes a plan; it holds credentials, so only its owner may read it. */
export async function writePlanFile(file: string, plan: PostPlan, onProgress?: OnProgress): Promise<void> {
  const handle = await open(file, "w", 0o600);
  try {
    let written = 0;
    let text = "";
    const flush = async (): Promise<void> => {
      await handle.write(text);
      text = "";
      onProgress?.({ step: "preparing", done: written, total: plan.length });
    };
    for await (const { path, body, from } of plan) {
      text += `${JSON.stringify({ path, body, from })}\n`;
      written += 1;
      if (text.length >= BYTES_AT_A_TIME) await flush();
    }
    await flush();
  } finally {
    await handle.close();
  }
}

/** The posts of a plan's file, read synchronously, as artillery's hooks need it. */
export function* readPlanFile(file: string): Generator<PostRequest, undefined> {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(BYTES_AT_A_TIME);
    const decoder = new StringDecoder("utf8");
    let text = "";
    for (let read = readSync(descriptor, bytes); read > 0; read = readSync(descriptor, bytes)) {
      const lines = `${text}${decoder.write(bytes.subarray(0, read))}`.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) yield Post.parse(JSON.parse(line));
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
