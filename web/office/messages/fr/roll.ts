import type { OfficeRollWords } from "#web/office/messages/en/roll.ts";

export const officeRoll: OfficeRollWords = {
  title: "Liste électorale",
};
