/**
 * Files of the end-to-end suite that mean nothing at an endpoint, each with what the endpoint lacks. This is the only place that
 * leaves a test out there, and `npm run test:endpoint` prints it.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "test/e2e/system-status.test.ts":
    "emulators make no metrics from log lines and measure none of their own, so the figures it reads back are not there",
  "test/e2e/browser-monitor.test.ts": "the page shows those same figures",
  "test/e2e/first-load.test.ts": "there is no CloudFront, which compresses what the API answers",
};
