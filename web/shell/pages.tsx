import { lazily } from "#web/shell/lazy-page.tsx";

/** The pages of the site. The first script of a visit has one of them (`web/entries`), the others are loaded when first opened. */

export const CheckPage = lazily("check-page", async () => (await import("#web/check/check-page.tsx")).CheckPage);
export const HomePage = lazily("home-page", async () => (await import("#web/home/home-page.tsx")).HomePage);
export const MonitorPage = lazily(
  "monitor-page",
  async () => (await import("#web/monitor/monitor-page.tsx")).MonitorPage,
);
export const PaperPage = lazily("paper-page", async () => (await import("#web/paper/paper-page.tsx")).PaperPage);
export const ResultsPage = lazily(
  "results-page",
  async () => (await import("#web/results/results-page.tsx")).ResultsPage,
);
export const TextPage = lazily("text-page", async () => (await import("#web/texts/text-page.tsx")).TextPage);
export const VotePage = lazily("vote-page", async () => (await import("#web/vote/vote-page.tsx")).VotePage);
