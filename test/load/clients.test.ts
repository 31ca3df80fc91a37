import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import { artilleryClient, VIRTUAL_USERS } from "#load/clients/artillery.ts";
import { bareClient } from "#load/clients/bare-posting.ts";
import type { Client } from "#load/clients/vote-run.ts";
import type { PlannedPost } from "#load/shared/ballots.ts";
import { listen } from "#local/listening.ts";

/** Both clients against a server that keeps what it was sent. */

// As an emulator of AWS has one for each API.
const BASE = "/_aws/execute-api/a1/$default";
const ANSWERS_AFTER_MS = 20;
// More posts than virtual users, and so few more that most users find none when they come back.
const POSTS = VIRTUAL_USERS + 1;

const plan = Array.from(
  { length: POSTS },
  (_, index): PlannedPost => ({
    path: `/api/v1/vote/${index}`,
    body: JSON.stringify({ index }),
    from: `10.0.0.${index}:40000`,
    expectation: "not-counted",
  }),
);

async function postedBy(client: Client) {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    received.push(`${request.url} ${await text(request)} ${request.headers[VIEWER_ADDRESS_HEADER]}`);
    setTimeout(() => response.writeHead(request.url === `${BASE}/api/v1/vote/7` ? 429 : 202).end(), ANSWERS_AFTER_MS);
  });
  try {
    const outcomes = await client(`http://127.0.0.1:${await listen(server)}${BASE}`, plan);
    return { received, outcomes };
  } finally {
    server.close();
  }
}

const phases = [
  { requests: POSTS - 10, seconds: 0.2 },
  { requests: 10, seconds: 0.1 },
];

test.each([
  ["artillery, as fast as it goes", artilleryClient("as-fast-as-it-goes")],
  ["artillery in phases", artilleryClient([{ requests: POSTS, seconds: 1 }])],
  ["the bare client, as fast as it goes", bareClient()],
  ["the bare client in phases", bareClient(phases)],
])(
  "%s sends every post once, from its address, and tells what each was answered",
  async (_, client) => {
    const { received, outcomes } = await postedBy(client);
    expect(received.toSorted()).toEqual(
      plan.map(({ path, body, from }) => `${BASE}${path} ${body} ${from}`).toSorted(),
    );
    expect(outcomes).toHaveLength(plan.length);
    for (const [index, outcome] of outcomes.entries()) expect(outcome?.status).toBe(index === 7 ? 429 : 202);
    // A client that gets no processor for a while sees some answers only as they have come.
    const times = outcomes.map((outcome) => outcome?.tookMs ?? -1).sort((one, other) => one - other);
    expect(times[0]).toBeGreaterThanOrEqual(0);
    expect(times[Math.floor(times.length / 2)]).toBeGreaterThan(ANSWERS_AFTER_MS / 4);
  },
  60_000,
);
