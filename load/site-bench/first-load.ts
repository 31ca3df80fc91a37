import type { BrowserContext, Page } from "playwright-core";

/** What a first visit to a page costs: bytes on the wire, headers included, and the time until it can be used. */

/** Bytes received by kind of resource, as the browser names them: Document, Script, Stylesheet, Fetch, … */
export type Transferred = ReadonlyMap<string, number>;

export const sumOf = (transferred: Transferred): number => [...transferred.values()].reduce((sum, one) => sum + one, 0);

export async function countBytes(page: Page): Promise<Transferred> {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  await session.send("Network.enable");
  return bytes;
}

/** A cheap phone on a bad day: Lighthouse's slow 4G, in bits per second, and a processor four times slower than this one. */
export const SLOW_PHONE = { download: 1_600_000, upload: 750_000, roundTripMs: 150, cpuSlowdown: 4 } as const;

const BITS_PER_BYTE = 8;

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: SLOW_PHONE.roundTripMs,
    downloadThroughput: SLOW_PHONE.download / BITS_PER_BYTE,
    uploadThroughput: SLOW_PHONE.upload / BITS_PER_BYTE,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_PHONE.cpuSlowdown });
}

/**
 * Milliseconds from the start of a slow phone's visit, with nothing cached, until the first element that a selector finds is
 * painted. Opening connections costs nothing here; the caller adds that.
 */
export async function timeToUse(context: BrowserContext, path: string, selector: string): Promise<number> {
  const page = await context.newPage();
  await slowDown(page);
  await page.addInitScript((sought: string) => {
    const look = (): void => {
      if (document.querySelector(sought) === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => performance.mark("usable"));
    };
    requestAnimationFrame(look);
  }, selector);
  await page.goto(path);
  const usableAfterMs = await page.evaluate(async () => {
    while (performance.getEntriesByName("usable").length === 0) await new Promise(requestAnimationFrame);
    return performance.getEntriesByName("usable")[0]?.startTime ?? Number.NaN;
  });
  await page.close();
  return usableAfterMs;
}
