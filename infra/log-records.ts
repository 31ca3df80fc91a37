/** What is logged of every request. Names and values are paid for each time, so none says what another says too. */

/**
 * The fields of CloudFront's access log: whether the site is well, and where; CloudWatch adds when. Neither path, which names ballots
 * (`/votes/{request_id}`), nor query, cookies or referrer; nor the sender's address or browser, which with the second of a vote
 * would say who voted when.
 */
export const CDN_LOG_FIELDS = ["x-edge-location", "sc-status", "x-edge-detailed-result-type", "time-taken"] as const;

/** The API's access log. Leaves out the same, and the request id in the path. AWS insists on its own id of the request. */
export const API_LOG_RECORD = {
  id: "$context.requestId",
  route: "$context.routeKey",
  status: "$context.status",
  ms: "$context.responseLatency",
  error: "$context.integrationErrorMessage",
  integration: "$context.integrationStatus",
} as const;
