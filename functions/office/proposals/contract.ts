import * as z from "zod/mini";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import { PROPOSAL_STATES } from "#core/proposals.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";

/** What waits for a second person, where the stage says `twoOfficers`. */

const SEE = ["officer", "registrar", "auditor"] as const;
const DECIDE = ["officer", "registrar"] as const;

export const PROPOSAL_ROUTES = {
  "GET /office/proposals": { groups: SEE },
  "GET /office/proposals/{proposal_id}": { groups: SEE },
  // Whether they may do the act itself is asked again when it is known.
  "POST /office/proposals/{proposal_id}/confirm": { groups: DECIDE, act: "confirm" },
  "POST /office/proposals/{proposal_id}/refuse": { groups: DECIDE, act: "refuse" },
  "POST /office/proposals/{proposal_id}/withdraw": { groups: DECIDE, act: "withdraw proposal" },
} as const satisfies OfficeRoutes;

const Sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** The SHA-256 of what the person saw: of the canonical JSON of route, parameters and body. */
export const Confirmation = z.strictObject({ sha256: Sha256Hex });

export const Reasoned = z.strictObject({ reason: z.optional(z.string().check(z.maxLength(300))) });

const proposal = {
  proposal_id: z.string(),
  route: z.string(),
  act: z.string(),
  groups: z.array(z.enum(OFFICE_GROUPS)),
  election_id: z.nullable(z.string()),
  proposed_by: z.string(),
  proposed_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  state: z.enum(PROPOSAL_STATES),
  decided_by: z.nullable(z.string()),
  decided_at: z.nullable(z.iso.datetime()),
  reason: z.nullable(z.string()),
  /** What became of a confirmed one; null while it is done, or where that was cut short. */
  outcome: z.nullable(z.enum(["done", "refused"])),
  /** Whether whoever asks proposed it, */
  is_mine: z.boolean(),
  /** and whether they may confirm or refuse it now. */
  may_decide: z.boolean(),
};
export const ListedProposal = z.object(proposal);
export type ListedProposal = Readonly<z.infer<typeof ListedProposal>>;

export const ListedProposals = z.object({ proposals: z.array(ListedProposal) });
export type ListedProposals = Readonly<z.infer<typeof ListedProposals>>;

export const ShownProposal = z.object({
  ...proposal,
  parameters: z.record(z.string(), z.string()),
  body: z.unknown(),
  sha256: Sha256Hex,
});
export type ShownProposal = Readonly<z.infer<typeof ShownProposal>>;

/** 202, in place of the answer to what was asked for. */
export const Proposed = z.object({ proposal_id: z.string(), expires_at: z.iso.datetime() });
export type Proposed = Readonly<z.infer<typeof Proposed>>;
