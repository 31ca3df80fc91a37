import { request } from "node:http";
import * as z from "zod";
import { synthesize } from "#infra/synthesize.ts";
import type { Attack } from "#load/attack/attack.ts";
import { exchange } from "#load/shared/exchange.ts";
import { grouped } from "#load/shared/report.ts";

const BYTES = 16_000;
/** What a scan that restarts at each quote reads thousands of times, and one of the same length that it reads once. */
const HOSTILE = `"${'\\"'.repeat(BYTES / 2)}`;
const HARMLESS = `"${"a".repeat(BYTES)}`;
const TIMES_AS_LONG = 5;
const SLACK_MS = 10;
const BALLOTS = "/api/v1/vote";
const RESULTS = "/api/v1/elections/1/results";
const ASKED: readonly (readonly [method: string, path: string, right: number])[] = [
  ...["TRACE", "PROPFIND", "PUT", "DELETE", "PATCH", "GET", "HEAD"].map((method) => [method, BALLOTS, 405] as const),
  ...["TRACE", "PROPFIND", "PUT", "DELETE", "PATCH", "POST"].map((method) => [method, RESULTS, 405] as const),
  ["HEAD", RESULTS, 200],
];

type Answer = Readonly<{ status: number; allow: string | undefined }>;

/** `fetch` refuses to send TRACE. */
function ask(url: string, method: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, allow: answer.headers.allow });
    });
    asking.on("error", reject);
    asking.end();
  });
}

const CachePolicy = z.object({
  Type: z.literal("AWS::CloudFront::CachePolicy"),
  Properties: z.object({
    CachePolicyConfig: z.object({
      ParametersInCacheKeyAndForwardedToOrigin: z.object({
        HeadersConfig: z.object({ Headers: z.array(z.string()).default([]) }),
        QueryStringsConfig: z.object({ QueryStringBehavior: z.string() }),
      }),
    }),
  }),
});
const Distribution = z.object({
  Type: z.literal("AWS::CloudFront::Distribution"),
  Properties: z.object({
    DistributionConfig: z.object({
      CacheBehaviors: z.array(
        z.object({ PathPattern: z.string(), CachePolicyId: z.union([z.string(), z.object({ Ref: z.string() })]) }),
      ),
    }),
  }),
});
const Template = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** Routes without results whose answers a caller can have made anew at will, by a header or a query of their own. */
async function uncachedRoutes(): Promise<readonly string[]> {
  const { templates } = await synthesize("prod");
  const resources = Object.values(templates).flatMap((template) => Object.entries(Template.parse(template).Resources));
  const varying = new Set(
    resources.flatMap(([id, resource]) => {
      const policy = CachePolicy.safeParse(resource);
      if (!policy.success) return [];
      const { HeadersConfig, QueryStringsConfig } =
        policy.data.Properties.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin;
      return HeadersConfig.Headers.length > 0 || QueryStringsConfig.QueryStringBehavior !== "none" ? [id] : [];
    }),
  );
  return resources.flatMap(([, resource]) => {
    const distribution = Distribution.safeParse(resource);
    if (!distribution.success) return [];
    return distribution.data.Properties.DistributionConfig.CacheBehaviors.filter(({ CachePolicyId, PathPattern }) => {
      const isVarying = typeof CachePolicyId !== "string" && varying.has(CachePolicyId.Ref);
      return isVarying && !PathPattern.includes("results");
    }).map(({ PathPattern }) => PathPattern);
  });
}

export const costlyRequests: Attack = {
  name: "costly-requests",
  attacker: "outsider",
  told: "bodies of 16 kB that are slow to scan, unknown methods on known paths, and at full size headers of the caller's own that miss the cache of the synthesized site",
  isShort: true,
  async run({ system, isFull }) {
    const times = isFull ? 60 : 8;
    /** Of several times the shortest, since other work only adds to it. */
    const shortestOf = async (body: string): Promise<number> => {
      let shortestMs = Number.POSITIVE_INFINITY;
      for (let time = 0; time < times; time++) {
        const beganMs = performance.now();
        const { status } = await exchange(`${system.url}${BALLOTS}`, body);
        if (status !== 400) throw new Error(`a body that is no JSON was answered with ${status}`);
        shortestMs = Math.min(shortestMs, performance.now() - beganMs);
      }
      return shortestMs;
    };
    const harmlessMs = await shortestOf(HARMLESS);
    const hostileMs = await shortestOf(HOSTILE);
    const answers = await Promise.all(ASKED.map(([method, path]) => ask(`${system.url}${path}`, method)));
    const wrong = answers.filter(
      ({ status, allow }, index) => status !== ASKED[index]?.[2] || (status === 405 && !allow),
    ).length;
    const uncached = isFull ? await uncachedRoutes() : [];
    return {
      tried: 2 * times + ASKED.length + (isFull ? 1 : 0),
      learnt: `a hostile body takes ${hostileMs.toFixed(1)} ms, a harmless one ${harmlessMs.toFixed(1)}; ${grouped(wrong)} methods answered wrongly; ${grouped(uncached.length)} routes whose cache is missed at will`,
      isRepelled: hostileMs <= TIMES_AS_LONG * harmlessMs + SLACK_MS && wrong === 0 && uncached.length === 0,
    };
  },
};
