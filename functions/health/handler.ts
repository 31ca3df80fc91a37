import type { Health } from "#functions/health/contract.ts";
import { type HttpHandler, json } from "#functions/runtime/http.ts";
import { checkParts, type Parts } from "#functions/runtime/part-checks.ts";
import { keepAnswers } from "#storage/kept-answers.ts";

/** The parts are checked at most this often, however many ask. */
const CHECKED_EVERY_MS = 5_000;

/** Answers `GET /api/v1/health`. */
export function createHealthHandler(parts: Parts): HttpHandler {
  const kept = keepAnswers<Health>(CHECKED_EVERY_MS, parts.now);

  const checkAll = async (): Promise<Health> => {
    const checked = await checkParts(parts);
    const checks = checked.map(
      ({ part, ok, latencyMs }) => [part, { status: ok ? "ok" : "failing", latency_ms: latencyMs }] as const,
    );
    return {
      status: checked.every(({ ok }) => ok) ? "ok" : "failing",
      checks: Object.fromEntries(checks),
      checked_at: new Date(parts.now()).toISOString(),
    };
  };

  return async () => {
    const health = await kept("", checkAll);
    return json(health.status === "ok" ? 200 : 503, health);
  };
}
