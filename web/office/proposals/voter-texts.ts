import * as z from "zod/mini";
import { textAt } from "#core/corrections.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import {
  toldCancelled,
  toldClosing,
  toldCorrected,
  toldPostponed,
  toldWithdrawn,
} from "#web/office/polling/voters-words.ts";

const Text = z.object({ fr: z.string(), en: z.string() });

/** What of a proposed request is told to voters, of whatever room it is. */
const Told = z.object({
  opens_at: z.optional(z.string()),
  closes_at: z.optional(z.string()),
  told: z.optional(Text),
  candidate_id: z.optional(z.string()),
  texts: z.optional(z.array(z.object({ of: z.string(), to: z.union([z.string(), Text]) }))),
});

/** What voters will read once a proposed request is done, in both languages, by the election's clocks. Nothing where they read nothing of it. */
export function voterTexts(body: unknown, definition: ElectionDefinition, at: string): readonly BilingualText[] {
  const parsed = Told.safeParse(body);
  if (!parsed.success) return [];
  const { told, opens_at: opensAt, closes_at: closesAt, candidate_id: candidateId, texts = [] } = parsed.data;
  const candidates = definition.votingMethod === "referendum" ? [] : definition.candidates;
  return [
    ...(told === undefined ? [] : [toldCancelled(definition, told, at)]),
    ...(opensAt === undefined ? [] : [toldPostponed(definition, opensAt)]),
    ...(closesAt === undefined ? [] : [toldClosing(definition, closesAt)]),
    ...candidates.filter((one) => one.candidateId === candidateId).map(toldWithdrawn),
    ...texts.map(({ of, to }) => toldCorrected(definition, { from: textAt(definition, of), to }, at)),
  ];
}
