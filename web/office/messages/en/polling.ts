export const officePolling = {
  title: "Polling day",
};
export type OfficePollingWords = typeof officePolling;
