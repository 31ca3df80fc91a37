import type { Exchange } from "#load/site-bench/whole-voter.ts";

/** Which requests CloudFront answers from its edge, by its behaviours (infra/site/) and what an answer says of its lifetime. */

/** Voters come as in the even pace of the run, spread over this many places. Assumed; more of them pass more on. */
export const EDGE_PLACES = 10;
export const VOTERS_PER_SECOND = 50;

/** CloudFront's managed policy for the site's files keeps each at least this long, whatever it says. */
const LEAST_SECONDS_OF_A_FILE = 1;
/** infra/site/api-behaviour.ts */
const MOST_SECONDS_OF_AN_ANSWER = 3600;

/** Of the scripts by their hashes: `*-????????.js`. */
const IS_SCRIPT = /-[^/]{8}\.js$/;

export const isOfTheApi = ({ path }: Pick<Exchange, "path">): boolean => path.startsWith("/api/");

/** Whether CloudFront has its function say which file a path means (infra/site/pages-behaviour.ts). */
export const callsFunction = ({ path }: Pick<Exchange, "path">): boolean =>
  !isOfTheApi({ path }) && !IS_SCRIPT.test(path);

/** Seconds for which an edge may give the same answer to others; 0 if it may not. */
export function secondsKept({ method, path, cacheControl, isVotersOwn }: Exchange): number {
  if (method !== "GET" && method !== "HEAD") return 0;
  const isShared = !/\b(?:no-store|no-cache|private)\b/.test(cacheControl);
  const maxAge = Number(/\b(?:s-maxage|max-age)=(\d+)/.exec(cacheControl)?.[1] ?? 0);
  const seconds = isShared ? maxAge : 0;
  if (!isOfTheApi({ path })) return Math.max(LEAST_SECONDS_OF_A_FILE, seconds);
  return isVotersOwn ? 0 : Math.min(MOST_SECONDS_OF_AN_ANSWER, seconds);
}

/** The share of such requests that an edge passes on: one, and then none while it keeps the answer. */
export function sharePassedOn(asked: Exchange): number {
  return 1 / (1 + secondsKept(asked) * (VOTERS_PER_SECOND / EDGE_PLACES));
}
