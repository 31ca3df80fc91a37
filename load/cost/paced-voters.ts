import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import type { Client } from "#load/clients/vote-run.ts";
import { exchange } from "#load/shared/exchange.ts";

const Receipt = z.looseObject({ request_id: z.string() });
const Status = z.looseObject({ status: z.enum(["queued", "accepted", "duplicate", "invalid"]) });

/** @param perSecond requests a second, whether or not answers come */
export function pacedVoters(perSecond: number) {
  const receipts: string[] = [];
  const bytes = { sent: 0, received: 0 };

  const ask = async (url: string, body?: string) => {
    const { status, text } = await exchange(url, body);
    bytes.sent += Buffer.byteLength(body ?? "");
    bytes.received += Buffer.byteLength(text);
    return { status, text };
  };

  async function paced<Item, Result>(
    items: Iterable<Item> | AsyncIterable<Item>,
    work: (item: Item) => Promise<Result>,
  ): Promise<readonly Result[]> {
    const beganMs = performance.now();
    const begun: Promise<Result>[] = [];
    for await (const item of items) {
      const earlyMs = beganMs + (begun.length / perSecond) * 1000 - performance.now();
      if (earlyMs > 0) await pause(earlyMs);
      begun.push(work(item));
    }
    return Promise.all(begun);
  }

  const post: Client = (url, plan) =>
    paced(plan, async ({ path, body }) => {
      const startedAtMs = Date.now();
      const { status, text } = await ask(`${url}${path}`, body);
      if (status === 202) receipts.push(Receipt.parse(JSON.parse(text)).request_id);
      return { startedAtMs, status, tookMs: Date.now() - startedAtMs };
    });

  return {
    post,
    /** Asks once for each receipt, or for the first so many. Throws when an answer is not a status. */
    async pollOnce(url: string, most = receipts.length): Promise<void> {
      await paced(receipts.slice(0, most), async (id) => {
        const { status, text } = await ask(`${url}/api/v1/votes/${id}`);
        if (status !== 200) throw new Error(`the status of a vote was answered ${status}: ${text}`);
        return Status.parse(JSON.parse(text));
      });
    },
    /** Asks for each path. Throws when something else than 200 is answered. */
    async read(url: string, paths: readonly string[]): Promise<void> {
      await paced(paths, async (path) => {
        const { status } = await ask(`${url}${path}`);
        if (status !== 200) throw new Error(`${path} was answered ${status}`);
      });
    },
    bytes: () => ({ ...bytes }),
  };
}
