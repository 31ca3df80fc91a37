import type { OfficeElectionsWords } from "#web/office/messages/en/elections.ts";

export const officeElections: OfficeElectionsWords = {
  title: "Élections",
};
