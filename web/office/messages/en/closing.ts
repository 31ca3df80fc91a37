export const officeClosing = {
  title: "After closing",
};
export type OfficeClosingWords = typeof officeClosing;
