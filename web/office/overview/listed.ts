import type { BilingualText } from "#core/election.ts";

/** `GET /office/elections`, as far as the overview reads it. */

export type ListedElection = Readonly<{
  election_id: string;
  title: BilingualText;
  state: "coming" | "open" | "closed" | "certified" | "cancelled";
  opens_at: string;
  closes_at: string;
  time_zone: string;
  /** On its roll. */
  voters: number;
  is_test: boolean;
}>;

export type ListedDraft = Readonly<{ election_id: string; title: BilingualText; saved_at: string; by: string }>;

export type ListedElections = Readonly<{ elections: readonly ListedElection[]; drafts: readonly ListedDraft[] }>;
