import { describe, expect, inject, test } from "vitest";
import { countBytes, sumOf } from "#load/site-bench/first-load.ts";
import { startSecureFront } from "#load/site-bench/secure-front.ts";
import { bytesOf, MOST, voteOnce } from "#load/site-bench/whole-voter.ts";
import { newVisitor } from "#test/e2e/browser.ts";
import { voter } from "#test/e2e/voters.ts";

/** Bytes over the wire, headers included. `npm run bench:site` measures time, which depends on the machine. */

/** A ballot's script brings the style, which had 5 kB of its own, and the results, for which each voter paid a request more. */
const BALLOT_SCRIPT = 54_000;
const RESULTS_SCRIPT = 49_000;
const OTHER_SCRIPT = 43_000;

describe("a first visit transfers at most 60 kB, of which script and style at most", () => {
  test.each([
    ["54 kB for a law's ballot", BALLOT_SCRIPT, "/fr/vote/L2025-001", ".sheet"],
    ["54 kB for a ballot of candidates", BALLOT_SCRIPT, "/en/vote/1/1", ".sheet"],
    ["49 kB for results", RESULTS_SCRIPT, "/en/results/1", ".region-list"],
    ["43 kB for the help", OTHER_SCRIPT, "/fr/help", ".text"],
  ])("%s", async (_, mostScript, path, sign) => {
    const visitor = await newVisitor();
    const page = await visitor.newPage();
    const transferred = await countBytes(page);
    const plain: string[] = [];
    page.on("response", (response) => {
      const { "content-encoding": encoding, "content-length": length } = response.headers();
      if (encoding === undefined && Number(length) > 1_000) plain.push(response.url());
    });
    await page.goto(path);
    await page.locator(sign).first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(transferred.get("Script")).toBeGreaterThan(10_000);
    expect(transferred.get("Script")).toBeLessThanOrEqual(mostScript);
    expect(sumOf(transferred)).toBeLessThanOrEqual(60_000);
    expect(plain, "sent uncompressed").toEqual([]);
    await visitor.close();
  });
});

test("a second visit requests the page and the figures again, but no script", async () => {
  const visitor = await newVisitor();
  const page = await visitor.newPage();
  await page.goto("/en/results/1");
  await page.locator(".region-list").waitFor();
  const again = await visitor.newPage();
  const transferred = await countBytes(again);
  await again.goto("/en/results/1");
  await again.locator(".region-list").waitFor();
  expect(transferred.get("Script") ?? 0).toBe(0);
  expect(transferred.get("Stylesheet") ?? 0).toBe(0);
  await visitor.close();
});

test("one voter, all in, costs few requests and bytes over HTTP/2: page, vote, one look at the outcome, one at the results", async () => {
  await using front = await startSecureFront(inject("url"));
  const visitor = await newVisitor({ baseURL: front.url, ignoreHTTPSErrors: true });
  const { untilUsable, all } = await voteOnce(visitor, "/fr/vote/L2025-001", voter(920));
  const listed = all.map(({ method, path, bytes }) => `${method} ${path} ${bytes}`).join("\n");
  expect(untilUsable.length, listed).toBeLessThanOrEqual(MOST.requestsUntilUsable);
  expect(all.length, listed).toBeLessThanOrEqual(MOST.requests);
  expect(bytesOf(all), listed).toBeLessThanOrEqual(MOST.kB * 1_000);
  expect(
    all.filter(({ isVotersOwn }) => isVotersOwn),
    "kept at the edge for one voter alone",
  ).toEqual([]);
  await visitor.close();
});
