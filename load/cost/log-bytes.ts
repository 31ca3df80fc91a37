import type { API_LOG_RECORD, CDN_LOG_FIELDS } from "#infra/log-records.ts";

/** What a line of each log takes, by typical values of its fields. */

/** CloudWatch bills each line for this much besides its text (CloudWatch Logs guide, "Quotas"). */
export const BYTES_BILLED_FOR_A_LINE = 26;

const CDN_LINE: Readonly<Record<(typeof CDN_LOG_FIELDS)[number], string>> = {
  "x-edge-location": "YUL62-P1",
  "sc-status": "200",
  "x-edge-detailed-result-type": "Hit",
  "time-taken": "0.012",
};

const API_LINE: Readonly<Record<keyof typeof API_LOG_RECORD, string>> = {
  id: "Hk3mXjJBoAMEVxQ=",
  route: "GET /api/v1/votes/{request_id}",
  status: "200",
  ms: "12",
  error: "-",
  integration: "200",
};

const billed = (line: Readonly<Record<string, string>>): number =>
  JSON.stringify(line).length + BYTES_BILLED_FOR_A_LINE;

export const CDN_LOG_BYTES = billed(CDN_LINE);
export const API_LOG_BYTES = billed(API_LINE);
