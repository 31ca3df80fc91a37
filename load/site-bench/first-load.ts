import type { BrowserContext, CDPSession, Page } from "playwright-core";

/** What the first visit of a page costs: the bytes that came over the wire, headers included, and the time until it can be used. */

/** Bytes received by kind of resource, as the browser names them: Document, Script, Stylesheet, Fetch, … */
export type Transferred = ReadonlyMap<string, number>;

export const sumOf = (transferred: Transferred): number => [...transferred.values()].reduce((sum, one) => sum + one, 0);

/** Counts what a page receives from now on. */
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

export type Conditions = Readonly<{
  /** Bits per second. */
  download: number;
  upload: number;
  roundTripMs: number;
  /** How many times slower the processor is made. */
  cpuSlowdown: number;
}>;

/** A cheap phone on a bad day: Lighthouse's slow 4G, and a processor four times slower than this one. */
export const SLOW_PHONE: Conditions = { download: 1_600_000, upload: 750_000, roundTripMs: 150, cpuSlowdown: 4 };

const BITS_PER_BYTE = 8;

async function slowDown(session: CDPSession, conditions: Conditions): Promise<void> {
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: conditions.roundTripMs,
    downloadThroughput: conditions.download / BITS_PER_BYTE,
    uploadThroughput: conditions.upload / BITS_PER_BYTE,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: conditions.cpuSlowdown });
}

/**
 * Milliseconds from the beginning of a visit, with nothing cached, until the first element that a selector finds has been
 * painted. Connections are opened at no cost here, which the caller adds.
 */
export async function timeToUse(
  context: BrowserContext,
  path: string,
  selector: string,
  conditions: Conditions,
): Promise<number> {
  const page = await context.newPage();
  await slowDown(await context.newCDPSession(page), conditions);
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
