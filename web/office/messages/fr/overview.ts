import type { OverviewWords } from "#web/office/messages/en/overview.ts";

export const overview: OverviewWords = {
  title: "Vue d’ensemble",
};
