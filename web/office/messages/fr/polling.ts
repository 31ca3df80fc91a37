import type { OfficePollingWords } from "#web/office/messages/en/polling.ts";

export const officePolling: OfficePollingWords = {
  title: "Jour du vote",
};
