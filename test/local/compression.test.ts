import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { encodeFor } from "#local/site/compression.ts";

const text = Buffer.from("ballot ".repeat(1_000));
const encode = (
  accepted: string | undefined,
  body = text,
  type: string | undefined = "text/javascript; charset=utf-8",
) => encodeFor({ headers: accepted === undefined ? {} : { "accept-encoding": accepted } }, body, type);

describe("the laptop compresses what CloudFront would", () => {
  test("in the best encoding that the browser accepts, and tells caches so", async () => {
    const better = await encode("gzip, deflate, br");
    expect(better.headers).toEqual({ vary: "Accept-Encoding", "content-encoding": "br" });
    expect(brotliDecompressSync(better.body)).toEqual(text);
    const zipped = await encode("gzip");
    expect(zipped.headers).toEqual({ vary: "Accept-Encoding", "content-encoding": "gzip" });
    expect(gunzipSync(zipped.body)).toEqual(text);
    const plain = await encode(undefined);
    expect(plain).toEqual({ body: text, headers: { vary: "Accept-Encoding" } });
  });

  test("but nothing small or already compressed", async () => {
    const small = text.subarray(0, 999);
    expect(await encode("br", small)).toEqual({ body: small, headers: {} });
    expect(await encode("br", text, "application/octet-stream")).toEqual({ body: text, headers: {} });
    expect((await encode("br", text, "application/problem+json")).headers["content-encoding"]).toBe("br");
  });
});
