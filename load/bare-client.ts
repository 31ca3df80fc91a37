import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import type { Outcome } from "#load/vote-run.ts";

/**
 * The bare client's process: posts a plan over kept-alive connections with as little work of its own as Node allows, about
 * 0.3 ms a post, and tells its parent the outcome of each. Started by bareClient.
 */

const Order = z.object({
  url: z.url(),
  planFile: z.string(),
  connections: z.number().int().positive(),
  /** Posts per second; without it, each connection posts again as soon as it has its answer. */
  rate: z.number().positive().optional(),
});

const Plan = z.array(z.object({ path: z.string(), body: z.string() }));

const ANSWER_WITHIN_MS = 30_000;

const order = Order.parse(JSON.parse(process.argv[2] ?? ""));
const plan = Plan.parse(JSON.parse(readFileSync(order.planFile, "utf8")));
const { hostname, port } = new URL(order.url);
const agent = new Agent({ keepAlive: true, maxSockets: order.connections });

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function post({ path, body }: (typeof plan)[number], startedAtMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const done = (status: number | undefined): void =>
      resolve({ status, startedAtMs, tookMs: status === undefined ? undefined : nowMs() - startedAtMs });
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request({ agent, hostname, port, path, method: "POST", headers }, (response) => {
      response.resume();
      response.once("end", () => done(response.statusCode));
      response.once("error", () => done(undefined));
    });
    sent.setTimeout(ANSWER_WITHIN_MS, () => sent.destroy());
    sent.once("error", () => done(undefined));
    sent.end(body);
  });
}

/** As fast as the connections go: each waits for its answer before it posts again. */
async function closedLoop(): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const connection = async (): Promise<void> => {
    for (let index = next++; index < plan.length; index = next++) {
      const planned = plan[index];
      if (planned !== undefined) outcomes[index] = await post(planned, nowMs());
    }
  };
  await Promise.all(Array.from({ length: order.connections }, connection));
  return outcomes;
}

/** At a rate, whether or not answers come; the time runs from when a post was due, so a stall is seen by all it delays. */
async function openLoop(rate: number): Promise<readonly Outcome[]> {
  const beganAtMs = nowMs();
  const outcomes: Promise<Outcome>[] = [];
  for (const [index, planned] of plan.entries()) {
    const dueAtMs = beganAtMs + (index / rate) * 1000;
    const earlyMs = dueAtMs - nowMs();
    if (earlyMs > 0) await pause(earlyMs);
    outcomes.push(post(planned, dueAtMs));
  }
  return Promise.all(outcomes);
}

const outcomes = order.rate === undefined ? await closedLoop() : await openLoop(order.rate);
agent.destroy();
process.send?.(outcomes, () => process.disconnect());
