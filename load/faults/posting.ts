import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import type { SealedPost, Voter } from "#load/faults/electorate.ts";

/** Voters who try again with the same envelope until they are told that it was received, as the site does for them. */

/** What came of one envelope: the status of each try, undefined where no answer came, and the receipt in the end. */
export type Handed = Readonly<{
  post: SealedPost;
  statuses: readonly (number | undefined)[];
  /** Undefined when the voter gave up. */
  requestId: string | undefined;
}>;

const MOST_AT_ONCE = 50;
/** Whatever breaks in the middle of the voting must find somebody who has not begun. */
const SHARE_AT_ONCE = 1 / 8;
const ANSWER_WITHIN_MS = 15_000;
/** Longer than anything here takes to come back. */
const GIVES_UP_AFTER_MS = 180_000;
const RETRY_AFTER_MS = 300;

const Receipt = z.object({ request_id: z.string(), tracking_code: z.string() });

type HttpAnswer = Readonly<{ status: number; text: string }>;

/** One request over kept-alive connections; undefined when no whole answer came. */
export function ask(agent: Agent, url: string, path: string, body?: string): Promise<HttpAnswer | undefined> {
  return new Promise((resolve) => {
    const method = body === undefined ? "GET" : "POST";
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const sent = request(`${url}${path}`, { agent, method, headers }, (response: IncomingMessage) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.once("error", () => resolve(undefined));
    });
    sent.setTimeout(ANSWER_WITHIN_MS, () => sent.destroy());
    sent.once("error", () => resolve(undefined));
    sent.once("close", () => resolve(undefined));
    sent.end(body);
  });
}

/** Works through a list, so many at once. */
export async function inTurns<T>(list: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < list.length; index = next++) await work(list[index] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * Hands everything in, a voter's envelopes at the same moment.
 * @param onVoter hears how many voters are done
 */
export async function handIn(
  url: string,
  voters: readonly Voter[],
  onVoter: (done: number) => void,
): Promise<readonly (readonly Handed[])[]> {
  const agent = new Agent({ keepAlive: true });
  const handed: (readonly Handed[])[] = [];
  const tryUntilReceived = async (post: SealedPost): Promise<Handed> => {
    const statuses: (number | undefined)[] = [];
    for (const givesUpAtMs = Date.now() + GIVES_UP_AFTER_MS; Date.now() < givesUpAtMs; await pause(RETRY_AFTER_MS)) {
      const answer = await ask(agent, url, post.path, post.body);
      statuses.push(answer?.status);
      if (answer?.status === 202) {
        return { post, statuses, requestId: Receipt.parse(JSON.parse(answer.text)).request_id };
      }
    }
    return { post, statuses, requestId: undefined };
  };
  try {
    await inTurns(voters, Math.min(MOST_AT_ONCE, Math.ceil(voters.length * SHARE_AT_ONCE)), async (voter) => {
      handed.push(await Promise.all(voter.map(tryUntilReceived)));
      onVoter(handed.length);
    });
    return handed;
  } finally {
    agent.destroy();
  }
}
