export const officeAudit = {
  title: "Audit",
};
export type OfficeAuditWords = typeof officeAudit;
