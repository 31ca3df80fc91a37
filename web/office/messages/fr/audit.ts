import type { OfficeAuditWords } from "#web/office/messages/en/audit.ts";

export const officeAudit: OfficeAuditWords = {
  title: "Journal",
};
