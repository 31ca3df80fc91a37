import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { apiAt } from "#web/api.ts";
import { backoffMs } from "#web/busy.ts";
import { type Casting, deliver } from "#web/vote/casting.ts";

/** A server that answers as each test needs, and records what it was sent. */
type Answerer = (
  request: IncomingMessage,
  body: string,
) => Readonly<{ status: number; body?: unknown; retryAfter?: number; isChallenge?: boolean }>;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: Answerer, port = 0): Promise<{ origin: string; port: number; bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      if (request.method === "POST") bodies.push(body);
      const { status, body: answered, retryAfter, isChallenge } = answer(request, body);
      response.writeHead(status, {
        "content-type": "application/json",
        connection: "close",
        ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
        ...(isChallenge === true && { "x-amzn-waf-action": "challenge" }),
      });
      response.end(answered === undefined ? "" : JSON.stringify(answered));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${taken}`, port: taken, bodies };
}

const SEALED = "AAAAABBBBBCCCCCDDDDD";
const RECEIPT = { request_id: "r", tracking_code: SEALED, status: "queued", message: "" };
const body = { nas: "123456789", code: "ABC123", law_id: "L1", envelope: "c2VhbGVk" };

/** Casts a ballot and returns everything that the voter was told; pauses take no time but are recorded. */
async function cast(origin: string, onPause?: (pauses: readonly number[]) => Promise<void>) {
  const told: Casting[] = [];
  const pauses: number[] = [];
  await deliver({
    api: apiAt(origin),
    language: "en",
    route: "law",
    body,
    trackingCode: SEALED,
    report: (casting) => told.push(casting),
    pause: async (ms) => {
      pauses.push(ms);
      await onPause?.(pauses);
    },
    signal: new AbortController().signal,
  });
  return { told, pauses, stages: told.map(({ stage }) => stage) };
}

const status = (outcome: string, code = SEALED) => ({
  status: 200,
  body: { status: outcome, tracking_code: code, message: "" },
});

describe("casting", () => {
  test("ends with the outcome, asked for after 0.7 s, 2 s and 3 s", async () => {
    const outcomes = ["queued", "queued", "accepted"];
    const { origin } = await serve(({ method }) =>
      method === "POST" ? { status: 202, body: RECEIPT } : status(outcomes.shift() ?? "accepted"),
    );
    const { told, pauses, stages } = await cast(origin);
    expect(stages).toEqual(["sending", "queued", "queued", "queued", "settled"]);
    expect(pauses).toEqual([700, 2_000, 3_000]);
    expect(told.at(-1)).toMatchObject({ outcome: { status: "accepted" }, codes: { sealed: SEALED, received: SEALED } });
  });

  test("a busy server is sent the very same ballot again, no sooner than it asks", async () => {
    const refusals = [{ status: 503 }, { status: 429, retryAfter: 9 }];
    const { origin, bodies } = await serve(({ method }) =>
      method === "POST" ? (refusals.shift() ?? { status: 202, body: RECEIPT }) : status("accepted"),
    );
    const { told, pauses } = await cast(origin);
    expect(told).toContainEqual({ stage: "held", cause: "busy" });
    expect(pauses.slice(0, 2)).toEqual([1_000, 9_000]);
    expect(bodies).toEqual(Array(3).fill(JSON.stringify(body)));
  });

  test("a challenge of the firewall is no receipt: the voter is told what to do, and the very same ballot is sent again", async () => {
    const challenges = [{ status: 202, isChallenge: true }];
    const { origin, bodies } = await serve(({ method }) =>
      method === "POST" ? (challenges.shift() ?? { status: 202, body: RECEIPT }) : status("accepted"),
    );
    const { told, stages } = await cast(origin);
    expect(told[1]).toEqual({ stage: "held", cause: "challenged" });
    expect(stages.at(-1)).toBe("settled");
    expect(bodies).toEqual(Array(2).fill(JSON.stringify(body)));
  });

  test("without a network the sealed ballot is kept, and is sent when the network is back", async () => {
    const away = await serve(() => ({ status: 500 }));
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const { told, stages } = await cast(away.origin, async (pauses) => {
      if (pauses.length !== 2) return;
      await serve(({ method }) => (method === "POST" ? { status: 202, body: RECEIPT } : status("accepted")), away.port);
    });
    expect(told[1]).toEqual({ stage: "held", cause: "offline" });
    expect(stages.at(-1)).toBe("settled");
  });

  test("a refused ballot is not sent again, and the field at fault is named", async () => {
    const problem = {
      type: "/api/v1/docs#invalid-request",
      title: "t",
      status: 400,
      detail: "d",
      errors: [{ field: "nas", message: "m" }, { field: 7 }],
    };
    const { origin, bodies } = await serve(() => ({ status: 400, body: problem }));
    const { told } = await cast(origin);
    expect(bodies).toHaveLength(1);
    expect(told.at(-1)).toMatchObject({ stage: "refused", problem: { errors: [{ field: "nas", message: "m" }] } });
  });

  test("a refusal that is not from the API is a refusal too", async () => {
    const { origin } = await serve(() => ({ status: 403 }));
    const { told } = await cast(origin);
    expect(told.at(-1)).toMatchObject({ stage: "refused", problem: { status: 403, detail: "", errors: [] } });
  });

  test("a server that claims to have received another ballot is caught, at once and in the end", async () => {
    const other = "ZZZZZZZZZZZZZZZZZZZZ";
    const { origin } = await serve(({ method }) =>
      method === "POST" ? { status: 202, body: { ...RECEIPT, tracking_code: other } } : status("accepted", other),
    );
    const { told } = await cast(origin);
    expect(told[1]).toMatchObject({ stage: "queued", codes: { sealed: SEALED, received: other } });
    expect(told.at(-1)).toMatchObject({ stage: "settled", codes: { sealed: SEALED, received: other } });
  });

  test("a slow queue is reported as slow, and asked less often", async () => {
    let questions = 0;
    const { origin } = await serve(({ method }) => {
      if (method === "POST") return { status: 202, body: RECEIPT };
      questions += 1;
      return status(questions > 16 ? "accepted" : "queued");
    });
    const { told, pauses } = await cast(origin);
    expect(told).toContainEqual(expect.objectContaining({ stage: "queued", slow: true, requestId: "r" }));
    expect(pauses.at(-1)).toBe(5_000);
  });

  test("a ballot whose status is unavailable for a while has still arrived", async () => {
    const answers = [{ status: 503 }, status("queued"), status("accepted")];
    const { origin } = await serve(({ method }) =>
      method === "POST" ? { status: 202, body: RECEIPT } : (answers.shift() ?? status("accepted")),
    );
    const { told, stages } = await cast(origin);
    expect(told.slice(1, 4).map((step) => step.stage === "queued" && step.isHeard)).toEqual([true, false, true]);
    expect(stages.at(-1)).toBe("settled");
  });

  test("a ballot that the service does not know is not asked about for ever", async () => {
    const unknown = {
      status: 404,
      body: { type: "/api/v1/docs#unknown-request", title: "t", status: 404, detail: "d" },
    };
    const { origin } = await serve(({ method }) => (method === "POST" ? { status: 202, body: RECEIPT } : unknown));
    const { stages } = await cast(origin);
    expect(stages.at(-1)).toBe("unknown");
  });
});

test("tries are 1, 2, 4 … seconds apart, at most 30", () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((trial) => backoffMs(trial))).toEqual(
    [1, 2, 4, 8, 16, 30, 30].map((s) => s * 1000),
  );
});
