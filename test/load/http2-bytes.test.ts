import { expect, test } from "vitest";
import { type Answer, bytesOverHttp2 } from "#load/cost/http2-bytes.ts";

const answer = (body: string): Answer => ({
  status: 202,
  headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", connection: "keep-alive" },
  body,
});
const BODY = '{"status":"queued"}';

test("an answer is its body, a frame or two, and what of its headers was not said before", async () => {
  const bytes = await bytesOverHttp2([answer(BODY)]);
  // Ids that are new each time are 56 and 16 characters, packed to three quarters at least.
  expect(bytes).toBeGreaterThan(BODY.length + 18 + 54);
  // As HTTP/1.1 carries them, CloudFront's headers alone take 330 bytes.
  expect(bytes).toBeLessThan(BODY.length + 300);
});

test("each byte more of a body is a byte more on the wire", async () => {
  const [short, long] = [
    await bytesOverHttp2([answer("x".repeat(100))]),
    await bytesOverHttp2([answer("x".repeat(900))]),
  ];
  expect(long - short).toBeGreaterThanOrEqual(795);
  expect(long - short).toBeLessThanOrEqual(810);
});

test("of several answers the average is told, and of none nothing", async () => {
  const average = await bytesOverHttp2([answer("x".repeat(100)), answer("x".repeat(300))]);
  expect(Math.abs(average - (await bytesOverHttp2([answer("x".repeat(200))])))).toBeLessThan(10);
  await expect(bytesOverHttp2([])).rejects.toThrow(RangeError);
});
