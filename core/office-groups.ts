/**
 * Who may do what in the office: an officer runs elections, a registrar keeps the roll, an auditor sees everything and changes
 * nothing, an observer sees what is public.
 */
export const OFFICE_GROUPS = ["officer", "registrar", "auditor", "observer"] as const;
export type OfficeGroup = (typeof OFFICE_GROUPS)[number];

export const isOfficeGroup = (name: string): name is OfficeGroup => OFFICE_GROUPS.some((group) => group === name);
