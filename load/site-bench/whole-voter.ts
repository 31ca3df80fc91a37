import type { BrowserContext, Page } from "playwright-core";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";

/**
 * One voter, all in: opens a law's ballot by its link, marks it, says who they are, reviews, casts, sees that it is in the box, and
 * looks at the results once. What the browser asks for on the way is what one voter costs.
 */

/** A request that went over the wire. */
export type Exchange = Readonly<{
  method: string;
  path: string;
  /** Of the answer, headers included. */
  bytes: number;
  /** What the answer says of its lifetime. */
  cacheControl: string;
  /** Shows a request id, so that edges keep its answer for this voter alone (infra/site/api-behaviour.ts). */
  isVotersOwn: boolean;
}>;

export type WholeVoter = Readonly<{
  /** Until the ballot can be marked. */
  untilUsable: readonly Exchange[];
  all: readonly Exchange[];
}>;

/** What one voter may cost at most. */
export const MOST = { requestsUntilUsable: 3, requests: 6, kB: 53 } as const;

export const bytesOf = (exchanges: readonly Exchange[]): number => exchanges.reduce((sum, { bytes }) => sum + bytes, 0);

/** Begins to note what a page asks for. @returns what was asked for so far, and answered or not */
async function noteExchanges(page: Page): Promise<() => readonly Exchange[]> {
  const session = await page.context().newCDPSession(page);
  const noted = new Map<string, Exchange>();
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    const { protocol, pathname } = new URL(request.url);
    // Not what is written out in the page itself.
    if (protocol === "data:") return;
    const isVotersOwn = Object.keys(request.headers).some((name) => name.toLowerCase() === REQUEST_ID_HEADER);
    noted.set(requestId, { method: request.method, path: pathname, bytes: 0, cacheControl: "", isVotersOwn });
  });
  session.on("Network.responseReceived", ({ requestId, response: { headers } }) => {
    const exchange = noted.get(requestId);
    const [, cacheControl = ""] =
      Object.entries(headers).find(([name]) => name.toLowerCase() === "cache-control") ?? [];
    if (exchange !== undefined) noted.set(requestId, { ...exchange, cacheControl });
  });
  session.on("Network.requestServedFromCache", ({ requestId }) => noted.delete(requestId));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const exchange = noted.get(requestId);
    if (exchange !== undefined) noted.set(requestId, { ...exchange, bytes: encodedDataLength });
  });
  await session.send("Network.enable");
  return () => [...noted.values()];
}

/**
 * @param visit a context without anything cached, whose base address is that of a secure front
 * @param who someone on the roll who has not voted
 */
export async function voteOnce(
  visit: BrowserContext,
  path: string,
  who: Readonly<{ nas: string; code: string }>,
): Promise<WholeVoter> {
  const page = await visit.newPage();
  const exchanges = await noteExchanges(page);
  await page.goto(path);
  const [choice, next] = [page.locator(".sheet input[value=oui]"), page.locator("button.primary")];
  await choice.waitFor();
  const untilUsable = exchanges().length;
  await choice.check({ force: true });
  await next.click();
  await page.locator("#nas").fill(who.nas);
  await page.locator("#code").fill(who.code);
  await next.click();
  await page.locator(".sheet.review").waitFor();
  await next.click();
  await page.locator(".stub").waitFor();
  await page.locator(".stub .qr:not(.awaited)").waitFor();
  await page.locator('.actions a[href*="/results/"]').first().click();
  await page.locator(".figures").waitFor();
  // What the page asks for as soon as it shows the figures.
  await page.waitForTimeout(LOOK_MS);
  const all = exchanges();
  await page.close();
  return { untilUsable: all.slice(0, untilUsable), all };
}

/** Results are refreshed from then on, every two seconds. */
const LOOK_MS = 1_000;
