import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import type { PostRequest } from "#load/shared/ballots.ts";
import { exchange } from "#load/shared/exchange.ts";

/** Ballots as attackers post them, and what is told of them. */

/** The request id is undefined when the ballot was not received. */
export type Posted = Readonly<{ status: number; requestId: string | undefined }>;

export const RECEIVED = 202;

const Receipt = z.object({ request_id: z.string() });
const Status = z.looseObject({ status: z.string() });
const POLL_MS = 50;
const PATIENCE_MS = 120_000;

/** An address of a block that nobody has (RFC 5737), with a port, as CloudFront tells it. */
export const addressNo = (number: number): string => `198.51.100.${number % 256}:${1024 + Math.floor(number / 256)}`;

export async function post(url: string, { path, body, from }: PostRequest): Promise<Posted> {
  const headers = from === undefined ? {} : { [VIEWER_ADDRESS_HEADER]: from };
  const { status, text } = await exchange(`${url}${path}`, body, { headers });
  return { status, requestId: status === RECEIVED ? Receipt.parse(JSON.parse(text)).request_id : undefined };
}

/** What is told of a received ballot: its status, and the whole answer. */
export async function statusOf(url: string, requestId: string): Promise<Readonly<{ status: string; text: string }>> {
  const { text } = await exchange(`${url}/api/v1/votes/${requestId}`);
  return { status: Status.parse(JSON.parse(text)).status, text };
}

/** Posts a ballot and waits for its outcome. Throws Error when it is not received, or not decided soon. */
export async function outcomeOf(
  url: string,
  request: PostRequest,
): Promise<Readonly<{ status: string; text: string }>> {
  const { status, requestId } = await post(url, request);
  if (requestId === undefined) throw new Error(`a ballot was answered with ${status}`);
  for (const deadlineMs = Date.now() + PATIENCE_MS; Date.now() < deadlineMs; await pause(POLL_MS)) {
    const told = await statusOf(url, requestId);
    if (told.status !== "queued") return told;
  }
  throw new Error("a ballot was not decided");
}
