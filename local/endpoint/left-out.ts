/**
 * Files of the end-to-end suite that an endpoint leaves out, each with the reason. This is the only place that leaves a test out
 * there, and `npm run test:endpoint` prints it. Every test of the API stays in, and `ballot/vote.test.ts`: votes on a law, for
 * a candidate and by ranking, cast in a browser and counted by what is deployed.
 */

const SAME_PAGES =
  "it judges pages as they are drawn: the same bytes, from the same server, as on the laptop; what they ask of the API is tested here without them";
const SAME_BROWSER =
  "it tests what the site keeps, shows and sends from within the browser, by the same script as on the laptop; the API's part is tested here without it";
const EMULATED_SITE =
  "there is no CloudFront: the test runner serves the site here with the very code that does so on the laptop";
const NO_METRICS =
  "emulators make no metrics from log lines and measure none of their own, so the figures it reads back are not there";

const NO_SIGN_IN_PAGE =
  "the emulator's user pool has no page to sign in at; that the office's routes refuse who is not signed in is tested here too";

export const LEFT_OUT: Readonly<Record<string, string>> = {
  "test/e2e/api/system-status.test.ts": NO_METRICS,
  "test/e2e/api/silent-parts.test.ts": NO_METRICS,
  "test/e2e/api/metrics.test.ts": "it reads the lines from which CloudWatch makes metrics; emulators make none",
  "test/e2e/api/options.test.ts":
    "emulators answer OPTIONS by themselves; API Gateway does so only where a stage lets other sites call it",
  "test/e2e/office/access.test.ts":
    "its tokens are of the laptop's provider; the endpoint's own user pool is the issuer there",
  "test/e2e/office/audit.test.ts": NO_SIGN_IN_PAGE,
  "test/e2e/office/closing.test.ts": NO_SIGN_IN_PAGE,
  "test/e2e/office/everybody.test.ts": NO_SIGN_IN_PAGE,
  "test/e2e/office/elections.test.ts": NO_SIGN_IN_PAGE,
  "test/e2e/office/polling.test.ts": NO_SIGN_IN_PAGE,
  "test/e2e/office/roll.test.ts": NO_SIGN_IN_PAGE,
  "test/e2e/office/session.test.ts": NO_SIGN_IN_PAGE,
  "test/e2e/office/whole-election.test.ts": NO_SIGN_IN_PAGE,
  "test/e2e/ballot/sign-in.test.ts": "no identity provider of voters stands beside the emulator",
  "test/e2e/site/monitor.test.ts": "the page shows those same figures",
  "test/e2e/site/first-load.test.ts": "there is no CloudFront, which compresses what the API answers",
  "test/e2e/site/safety.test.ts": EMULATED_SITE,
  "test/e2e/site/no-script.test.ts": EMULATED_SITE,
  "test/e2e/every-state/ballots.test.ts": SAME_PAGES,
  "test/e2e/every-state/casting.test.ts": SAME_PAGES,
  "test/e2e/every-state/pages.test.ts": SAME_PAGES,
  "test/e2e/every-state/papers.test.ts": SAME_PAGES,
  "test/e2e/every-state/results.test.ts": SAME_PAGES,
  "test/e2e/results/closing.test.ts": SAME_PAGES,
  "test/e2e/ballot/country.test.ts":
    "there is no CloudFront, which compresses the megabyte that it asks for; its election was registered and voted in here too, in half a minute",
  "test/e2e/ballot/hours.test.ts": SAME_PAGES,
  "test/e2e/results/outcome.test.ts": SAME_PAGES,
  "test/e2e/results/charts.test.ts": SAME_PAGES,
  "test/e2e/results/files.test.ts": SAME_PAGES,
  "test/e2e/results/live.test.ts": SAME_PAGES,
  "test/e2e/site/home.test.ts": SAME_PAGES,
  "test/e2e/site/markup.test.ts": SAME_PAGES,
  "test/e2e/site/languages.test.ts": SAME_PAGES,
  "test/e2e/ballot/check.test.ts": SAME_BROWSER,
  "test/e2e/ballot/interrupted.test.ts": SAME_BROWSER,
  "test/e2e/ballot/outcomes.test.ts": SAME_BROWSER,
  "test/e2e/ballot/keyboard-only.test.ts": SAME_BROWSER,
  "test/e2e/ballot/no-traces.test.ts": SAME_BROWSER,
  "test/e2e/ballot/paper.test.ts": SAME_BROWSER,
};
