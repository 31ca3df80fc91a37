import { Agent, request } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import type { Outcome } from "#load/clients/outcomes.ts";
import type { Client } from "#load/clients/vote-run.ts";
import type { Answer } from "#load/cost/http2-bytes.ts";

/** Voters whose every byte is counted on the wire: they post at an even pace, and ask later what became of their votes. */

export type MeteredVoters = Readonly<{
  /** Posts a plan and keeps the receipts. */
  post: Client;
  /** Asks once for each receipt. Throws when an answer is not a status. */
  pollOnce(url: string): Promise<number>;
  /** Some of the answers so far, the last of them. */
  lastAnswers(): readonly Answer[];
  /** All bytes of requests so far, headers and bodies, as HTTP/1.1 carries them, without TLS. */
  bytesSent(): number;
  close(): void;
}>;

const ANSWER_WITHIN_MS = 30_000;
const CONNECTIONS = 20;

const Receipt = z.looseObject({ request_id: z.string() });
const Status = z.looseObject({ status: z.enum(["queued", "accepted", "duplicate", "invalid"]) });

/** Answers kept to be looked at more closely. */
const KEPT_ANSWERS = 50;

/** @param perSecond requests a second, whether or not answers come */
export function meteredVoters(perSecond: number): MeteredVoters {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const sockets = new Set<Socket>();
  const receipts: string[] = [];
  const kept: Answer[] = [];

  const exchange = (url: string, method: "GET" | "POST", path: string, body = ""): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const headers = {
        "accept-language": "fr",
        ...(body !== "" && { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
      };
      const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.once("end", () => {
          const said = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          const answer = { status: response.statusCode ?? 0, headers: Object.fromEntries(said), body: text };
          kept.push(answer);
          if (kept.length > KEPT_ANSWERS) kept.shift();
          resolve(answer);
        });
      });
      sent.once("socket", (socket) => sockets.add(socket));
      sent.setTimeout(ANSWER_WITHIN_MS, () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
      sent.once("error", reject);
      sent.end(body);
    });

  /** Begins each piece of work when it is due. */
  const paced = async <Item, Result>(
    items: Iterable<Item> | AsyncIterable<Item>,
    work: (item: Item) => Promise<Result>,
  ) => {
    const beganMs = performance.now();
    const begun: Promise<Result>[] = [];
    for await (const item of items) {
      const earlyMs = beganMs + (begun.length / perSecond) * 1000 - performance.now();
      if (earlyMs > 0) await pause(earlyMs);
      begun.push(work(item));
    }
    return Promise.all(begun);
  };

  return {
    post: (url, plan) =>
      paced(plan, async ({ path, body }): Promise<Outcome> => {
        const startedAtMs = Date.now();
        const beganMs = performance.now();
        const { status, body: text } = await exchange(url, "POST", path, body);
        const tookMs = performance.now() - beganMs;
        if (status === 202) receipts.push(Receipt.parse(JSON.parse(text)).request_id);
        return { startedAtMs, status, tookMs };
      }),
    async pollOnce(url) {
      const statuses = await paced(receipts, async (id) => {
        const { body: text } = await exchange(url, "GET", `/api/v1/votes/${encodeURIComponent(id)}`);
        return Status.parse(JSON.parse(text)).status;
      });
      return statuses.length;
    },
    lastAnswers: () => [...kept],
    bytesSent: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    close: () => agent.destroy(),
  };
}
