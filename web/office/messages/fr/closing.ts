import type { OfficeClosingWords } from "#web/office/messages/en/closing.ts";

export const officeClosing: OfficeClosingWords = {
  title: "Après la clôture",
};
