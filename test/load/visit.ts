import type { Exchange } from "#load/site-bench/whole-voter.ts";

const exchange = (
  method: string,
  path: string,
  bytes: number,
  cacheControl: string,
  isVotersOwn = false,
): Exchange => ({
  method,
  path,
  bytes,
  cacheControl,
  isVotersOwn,
});

/** A voter's requests, round numbers. */
export const visit = [
  exchange("GET", "/fr/vote/L2025-001", 20_000, "no-cache"),
  exchange("GET", "/api/v1/elections/L2025-001", 1_000, "public, max-age=5, stale-while-revalidate=30"),
  exchange("GET", "/sealing-ABCDEFGH.js", 8_000, "public, max-age=31536000, immutable"),
  exchange("POST", "/api/v1/vote", 400, "no-store"),
  exchange("GET", "/api/v1/votes/abc", 300, "no-store"),
  exchange("GET", "/api/v1/results/L2025-001", 500, "public, max-age=2, stale-while-revalidate=10"),
] as const satisfies readonly Exchange[];
