import * as z from "zod/mini";
import { AuditRecord } from "#core/audit-record.ts";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";

/** Every act in the office. Whoever is an observer, and nothing else, sees what is public of them. */

export const AUDIT_ROUTES = {
  "GET /office/audit": { groups: OFFICE_GROUPS },
} as const satisfies OfficeRoutes;

/** Entries of a page; an answer has at most 6 MB, and an entry some 4 kB. */
export const MOST_AUDIT_ENTRIES = 1_000;

const shortText = z.string().check(z.minLength(1), z.maxLength(100));

export const AuditQuery = z.strictObject({
  election_id: z.optional(shortText),
  /** Part of a name, in any case. */
  who: z.optional(shortText),
  act: z.optional(shortText),
  /** Inclusive. */
  from: z.optional(z.iso.datetime({ offset: true })),
  /** Exclusive. */
  to: z.optional(z.iso.datetime({ offset: true })),
  /** `next` of the page before. */
  after: z.optional(z.string().check(z.maxLength(200))),
  most: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(MOST_AUDIT_ENTRIES))),
});

export const AuditPage = z.object({
  /** Later first. */
  entries: z.array(AuditRecord),
  /** What asks for the next page; null on the last. */
  next: z.nullable(z.string()),
  /** How many there are on all pages. */
  total: z.int(),
  /** The acts among all that may be seen, for choosing. */
  acts: z.array(z.string()),
});
export type AuditPage = Readonly<z.infer<typeof AuditPage>>;
