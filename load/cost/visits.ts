import type { Ballot } from "#load/shared/ballots.ts";
import { launchChromium } from "#load/shared/chromium.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";
import { startSecureFront } from "#load/site-bench/secure-front.ts";
import { type Exchange, voteOnce } from "#load/site-bench/whole-voter.ts";

const PHONE = { width: 360, height: 740 };

/** Each voter's requests in a Chromium without anything cached: page, vote, one look at the outcome, one at the results. */
export async function votersInChromium(
  { url }: RunningSystem,
  ballots: readonly Ballot[],
): Promise<readonly (readonly Exchange[])[]> {
  await using front = await startSecureFront(url);
  await using browser = await launchChromium();
  const visits: (readonly Exchange[])[] = [];
  for (const { voter } of ballots) {
    await using visit = await browser.newContext({ viewport: PHONE, baseURL: front.url, ignoreHTTPSErrors: true });
    visits.push((await voteOnce(visit, `/fr/vote/${voter.electionId}`, voter)).all);
  }
  return visits;
}

/** What edges keep for others, as a client without a browser asks for it: each path once. */
export function sharedReads(visits: readonly (readonly Exchange[])[]): readonly string[] {
  const reads = visits
    .flat()
    .filter(({ method, path }) => method === "GET" && path.startsWith("/api/") && !/\/votes\/[^/]+$/.test(path));
  return [...new Set(reads.map(({ path }) => path))];
}
