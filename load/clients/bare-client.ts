import { setTimeout as pause } from "node:timers/promises";
import { type Dispatcher, Pool } from "undici";
import * as z from "zod";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import { type Outcome, openOutcomeLog, readPlanFile } from "#load/clients/files.ts";
import { dueTimes } from "#load/clients/phases.ts";
import type { PostRequest } from "#load/shared/ballots.ts";

/** The bare client's process: posts a plan over kept-alive connections with as little overhead as Node allows. */

const Order = z.object({
  url: z.url(),
  method: z.enum(["post", "get"]),
  planFile: z.string(),
  outcomesFile: z.string(),
  connections: z.number().int().positive(),
  /** Without it, each connection posts again as soon as it has its answer. */
  phases: z.array(z.object({ requests: z.number().int().nonnegative(), seconds: z.number().nonnegative() })).optional(),
});

const ANSWER_WITHIN_MS = 30_000;
const CHARACTERS_PER_WRITE = 1 << 16;

const order = Order.parse(JSON.parse(process.argv[2] ?? ""));
const { origin, pathname } = new URL(order.url);
/** An emulator serves each API under a path. */
const base = pathname.replace(/\/$/, "");
const pool = new Pool(origin, {
  connections: order.connections,
  headersTimeout: ANSWER_WITHIN_MS,
  bodyTimeout: ANSWER_WITHIN_MS,
});
const method = order.method === "post" ? "POST" : "GET";
const log = openOutcomeLog(order.outcomesFile, CHARACTERS_PER_WRITE);

const nowMs = (): number => performance.timeOrigin + performance.now();

/** The status of a complete answer; its body is dropped without making a stream of it. */
function statusOf(request: Dispatcher.DispatchOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    pool.dispatch(request, {
      // Tells undici that this is a handler of the current interface.
      onRequestStart: () => undefined,
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseEnd: () => resolve(status),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}

function exchange({ path, body, from }: PostRequest, startedAtMs: number): Promise<Outcome> {
  const headers = {
    ...(body !== "" && { "content-type": "application/json" }),
    ...(from !== undefined && { [VIEWER_ADDRESS_HEADER]: from }),
  };
  const request = { path: `${base}${path}`, method, headers, body: body === "" ? null : body } as const;
  return statusOf(request).then(
    (status) => ({ startedAtMs, status, tookMs: nowMs() - startedAtMs }),
    () => ({ startedAtMs, status: undefined, tookMs: undefined }),
  );
}

/** As fast as possible: each connection waits for its answer before it posts again. */
async function closedLoop(): Promise<void> {
  const posts = readPlanFile(order.planFile);
  let next = 0;
  const connection = async (): Promise<void> => {
    for await (const post of posts) {
      const index = next++;
      log.write(index, await exchange(post, nowMs()));
    }
  };
  await Promise.all(Array.from({ length: order.connections }, connection));
}

/** In phases, whether or not answers come. Times count from when a post was due, so that a stall shows in every post it delays. */
async function openLoop(phases: z.infer<typeof Order>["phases"] & object): Promise<void> {
  const beganAtMs = nowMs();
  const due = dueTimes(phases);
  const onTheirWay = new Set<Promise<void>>();
  let index = 0;
  for await (const post of readPlanFile(order.planFile)) {
    const at = index++;
    const dueAtMs = beganAtMs + (due.next().value ?? 0);
    const earlyMs = dueAtMs - nowMs();
    if (earlyMs > 0) await pause(earlyMs);
    const answered = exchange(post, dueAtMs).then((outcome) => {
      log.write(at, outcome);
      onTheirWay.delete(answered);
    });
    onTheirWay.add(answered);
  }
  await Promise.all(onTheirWay);
}

await (order.phases === undefined ? closedLoop() : openLoop(order.phases));
await pool.close();
log.close();
