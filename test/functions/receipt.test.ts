import { createSecretKey, randomBytes } from "node:crypto";
import type { Context } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64Url } from "#core/bytes.ts";
import { STRIKES, type Strike } from "#core/strike.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { readRequestId, writeRequestId } from "#functions/runtime/receipt.ts";
import { createVoteStatusHandler } from "#functions/vote-status/handler.ts";
import { law, OPENING } from "#test/definitions.ts";

const FIRST = "A".repeat(20);
const SECOND = "B".repeat(20);
const hash = toBase64Url(new Uint8Array(32).fill(7));
const newKey = () => createSecretKey(randomBytes(32));

describe("a request id", () => {
  const receipts = fc.record({
    hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64Url),
    trackingCode: fc.stringMatching(/^[A-Z2-7]{20}$/),
    electionId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  });

  test("is read as it was written, with its election's key and no other", () => {
    const key = newKey();
    const other = newKey();
    fc.assert(
      fc.property(receipts, (receipt) => {
        const requestId = writeRequestId(key, receipt);
        expect(requestId).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(readRequestId(key, requestId)).toEqual(receipt);
        expect(readRequestId(other, requestId)).toBeUndefined();
      }),
    );
  });

  test("changed anywhere, or made up, is not read", () => {
    const key = newKey();
    const written = Buffer.from(writeRequestId(key, { hash, trackingCode: FIRST, electionId: "E1" }), "base64url");
    for (const at of written.keys()) {
      const changed = Uint8Array.from(written, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(readRequestId(key, toBase64Url(changed))).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 200 }), (text, bytes) => {
        expect(readRequestId(key, text)).toBeUndefined();
        expect(readRequestId(key, toBase64Url(bytes))).toBeUndefined();
      }),
    );
  });
});

/** A tracking code for each. */
const codeOf = (strike: Strike): string => "WXYZ".charAt(STRIKES.indexOf(strike)).repeat(20);

describe("the status of a ballot", () => {
  const keys = new Map([["keys/L1", new Uint8Array(randomBytes(32))]]);
  const asked: string[] = [];
  const handler = createVoteStatusHandler({
    elections: {
      find: async (electionId) =>
        electionId === "L1" || electionId === "L2"
          ? { definition: law({ electionId }), publicKey: "", opening: OPENING, rollCounts: new Map() }
          : undefined,
    },
    box: { standingBallot: async () => ({ trackingCode: FIRST, castAt: "2026-11-03T14:05:00.000Z" }) },
    rejectedAttempts: {
      rowsOf: async () => [
        { outcome: "duplicate", trackingCodes: new Set([SECOND]), since: undefined },
        ...STRIKES.map((strike) => ({
          ...{ outcome: strike, trackingCodes: new Set([codeOf(strike)]), since: "2026-11-03T03:05:00.000Z" },
        })),
      ],
    },
    secrets: {
      bytesIfAny: async (name) => {
        asked.push(name);
        return keys.get(name);
      },
    },
    receiptKeyPrefix: "keys/",
  });
  const ask = async (request_id: string, language = "en") => {
    const event = { headers: { "accept-language": language }, pathParameters: { request_id } } as unknown as HttpEvent;
    const { statusCode, body = "" } = await handler(event, {} as Context);
    return { statusCode, body };
  };
  const key = createSecretKey(keys.get("keys/L1") ?? new Uint8Array());

  test("tells whoever holds the first receipt when its ballot was received, and whoever only tried the card again nothing of it", async () => {
    const first = await ask(writeRequestId(key, { hash, trackingCode: FIRST, electionId: "L1" }));
    expect(JSON.parse(first.body)).toMatchObject({ status: "accepted", received_at: "2026-11-03T14:05:00.000Z" });
    const second = await ask(writeRequestId(key, { hash, trackingCode: SECOND, electionId: "L1" }));
    expect(JSON.parse(second.body)).toMatchObject({ status: "duplicate", attempt_count: 2 });
    expect(second.body).not.toContain("2026");
  });

  test("tells who comes with a struck code why and since when, in both languages and the election's own time", async () => {
    for (const [language, date, words] of [
      ["en", "November 2, 2026", [/replaced/, /taken off/, /another region/, /voted elsewhere/]],
      ["fr", "2 novembre 2026", [/remplacé/, /retiré/, /autre région/, /voté autrement/]],
    ] as const) {
      for (const [index, strike] of STRIKES.entries()) {
        const receipt = writeRequestId(key, { hash, trackingCode: codeOf(strike), electionId: "L1" });
        const { status, reason, since, message } = JSON.parse((await ask(receipt, language)).body);
        expect([status, reason, since]).toEqual(["invalid", strike, "2026-11-03T03:05:00.000Z"]);
        expect(message).toContain(date);
        expect(message).toMatch(words[index] ?? /^$/);
      }
    }
  });

  test("is told to nobody once the election's key is destroyed", async () => {
    expect(await ask(writeRequestId(newKey(), { hash, trackingCode: FIRST, electionId: "L2" }))).toMatchObject({
      statusCode: 404,
    });
  });

  test("asked for with an election that was made up, reads no secret", async () => {
    asked.length = 0;
    expect(await ask(writeRequestId(newKey(), { hash, trackingCode: FIRST, electionId: "../L1" }))).toMatchObject({
      statusCode: 404,
    });
    expect(asked).toEqual([]);
  });
});
