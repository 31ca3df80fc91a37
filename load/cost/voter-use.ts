import { callsFunction, isOfTheApi, sharePassedOn } from "#load/cost/edge.ts";
import { API_LOG_BYTES, BYTES_BILLED_FOR_A_LINE, CDN_LOG_BYTES } from "#load/cost/log-bytes.ts";
import { NOTHING, plus, times, type Usage } from "#load/shared/bill.ts";
import type { Exchange } from "#load/site-bench/whole-voter.ts";

/** What one voter uses, all in: every request at CloudFront and the firewall, and what is behind those that are passed on. */

/** Lambda traces one batch in twenty, besides the first of each second; no function that a voter calls (infra/functions/). */
export const TRACED = 0.05;

const BYTES_PER_GIGABYTE = 1e9;

/** What one vote, one question for its outcome and one other read use, as a client without a browser causes it. */
export type BehindRequests = Readonly<{
  perVote: Usage;
  perPoll: Usage;
  perRead: Usage;
  /** Logged by the functions, a line for each invocation. */
  logBytesPerVote: number;
}>;

function logged(bytes: number): Usage {
  return { ...NOTHING, logGigabyte: bytes / BYTES_PER_GIGABYTE };
}

/** Without what the browser's own request is billed for at the edge. */
const behindTheEdge = (used: Usage): Usage => ({ ...used, cdnRequest: 0, cdnGigabyteOut: 0 });

/** What is behind a request to the API, its access log included. */
function behind({ method, path }: Exchange, { perVote, perPoll, perRead, logBytesPerVote }: BehindRequests): Usage {
  const line = logged(API_LOG_BYTES);
  if (method === "POST" && path.endsWith("/vote")) {
    const batches = perVote.lambdaRequest - 1;
    const byFunctions = logBytesPerVote + perVote.lambdaRequest * BYTES_BILLED_FOR_A_LINE;
    return plus(plus(behindTheEdge(perVote), line), { ...logged(byFunctions), trace: TRACED * batches });
  }
  return plus(behindTheEdge(/\/votes\/[^/]+$/.test(path) ? perPoll : perRead), line);
}

export function requestUse(asked: Exchange, parts: BehindRequests): Usage {
  const passedOn = sharePassedOn(asked);
  const edge: Usage = {
    ...logged(CDN_LOG_BYTES),
    cdnRequest: 1,
    firewallRequest: 1,
    cdnGigabyteOut: asked.bytes / BYTES_PER_GIGABYTE,
  };
  if (isOfTheApi(asked)) return plus(edge, times(behind(asked, parts), passedOn));
  return plus(edge, { ...NOTHING, edgeFunctionCall: callsFunction(asked) ? 1 : 0, siteFileRead: passedOn });
}

/** On average over visits; nothing if there was none. */
export function voterUse(visits: readonly (readonly Exchange[])[], parts: BehindRequests): Usage {
  const all = visits.flat().map((asked) => requestUse(asked, parts));
  return times(all.reduce(plus, NOTHING), 1 / Math.max(1, visits.length));
}
