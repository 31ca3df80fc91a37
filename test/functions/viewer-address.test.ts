import { createSecretKey, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { NAS_AND_SHORT_CODE } from "#core/election.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { viewerAddress } from "#functions/runtime/viewer-address.ts";
import { guessMarks } from "#functions/submit/guess-marks.ts";
import { law } from "#test/definitions.ts";

const HEADER = "cloudfront-viewer-address";

function request(sourceIp: string, headers: Record<string, string> = {}): HttpEvent {
  return { headers, requestContext: { http: { sourceIp } } } as unknown as HttpEvent;
}

describe("the address a request comes from", () => {
  test.each([
    ["x-forwarded-for", "1.2.3.4"],
    ["x-real-ip", "1.2.3.4"],
    ["forwarded", "for=1.2.3.4"],
    [HEADER, "1.2.3.4:5"],
  ])("is the connection's, whatever a caller writes into %s", (name, value) => {
    expect(viewerAddress(request("203.0.113.7", { [name]: value }), "")).toBe("203.0.113.7");
    expect(viewerAddress(request("203.0.113.7", { [name]: value }), undefined)).toBe("203.0.113.7");
  });

  test.each([
    ["198.51.100.10:46532", "198.51.100.10"],
    ["2001:db8:85a3:0:0:8a2e:370:7334:46532", "2001:db8:85a3"],
    ["[2001:db8:85a3::1]:46532", "2001:db8:85a3"],
    ["2001:0DB8:85a3::1:46532", "2001:db8:85a3"],
  ])("is the viewer's where CloudFront alone can reach the API: %s", (value, address) => {
    expect(viewerAddress(request("130.176.0.1", { [HEADER]: value }), HEADER)).toBe(address);
  });

  test("is the connection's when CloudFront gives none", () => {
    expect(viewerAddress(request("203.0.113.7"), HEADER)).toBe("203.0.113.7");
  });

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::ffff:127.0.0.1", "127.0.0.1"],
    ["::1", "0:0:0"],
    ["2001:db8::", "2001:db8:0"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1"],
  ])("is one for all that a subscriber is given: %s", (sourceIp, address) => {
    expect(viewerAddress(request(sourceIp), "")).toBe(address);
  });
});

describe("the marks of a guess", () => {
  const pepper = createSecretKey(randomBytes(32));
  const election = law({ electionId: "1" });
  const [, code] = NAS_AND_SHORT_CODE;
  const atMs = Date.parse("2026-11-03T14:10:00Z");
  const marks = guessMarks(pepper, election, ["123456789", "ABC123"], "203.0.113.7", atMs);

  test("of one number are the same for every code, and differ by election, hour and pepper", () => {
    expect(guessMarks(pepper, election, ["123456789", "XYZ999"], "203.0.113.7", atMs + 60_000)).toEqual(marks);
    const others = [
      guessMarks(pepper, { ...election, electionId: "2" }, ["123456789", "ABC123"], "203.0.113.7", atMs),
      guessMarks(pepper, election, ["123456789", "ABC123"], "203.0.113.7", atMs + 3_600_000),
      guessMarks(createSecretKey(randomBytes(32)), election, ["123456789", "ABC123"], "203.0.113.7", atMs),
      guessMarks(pepper, election, ["123456788", "ABC123"], "203.0.113.8", atMs),
    ];
    const all = [marks, ...others].flatMap(({ identity, address }) => [identity, address]);
    expect(new Set(all).size).toBe(all.length);
  });

  test("reveal nothing of what they stand for, and have no identity when there is only one field", () => {
    expect(JSON.stringify(marks)).not.toMatch(/123456789|ABC123|203\.0/);
    expect(
      guessMarks(
        pepper,
        { ...election, credentialFields: code === undefined ? [] : [code] },
        ["A1B2C3D4"],
        "203.0.113.7",
        atMs,
      ).identity,
    ).toBeUndefined();
  });
});
