import * as z from "zod";
import type { ElectionDefinition } from "#core/election.ts";
import { DECIDED_LAW_OUTCOMES, lawOutcome } from "#core/law-outcome.ts";
import type { RankedCount } from "#core/ranked-choice.ts";
import { type ContestCount, countElection, type Tally } from "#core/results.ts";
import { seatOf } from "#core/seats.ts";
import type { Votes } from "#core/ties.ts";
import { type TransferCount, VOTE } from "#core/transferable-vote.ts";

/** The result of an election in a certificate: plain JSON, in which every number can be recounted from the box. */

const Whole = z.number().int().nonnegative();
const ByCandidate = z.record(z.string(), Whole);

const CertifiedRound = z.strictObject({
  number: z.number().int().positive(),
  votes: ByCandidate,
  continuing: Whole,
  exhausted: Whole,
  threshold: Whole,
  /** One before format 4, a list since: several may be eliminated together. */
  eliminated: z.union([z.string(), z.array(z.string())]).optional(),
  transfers: ByCandidate,
  transferredToExhausted: Whole,
  tieBreak: z
    .discriminatedUnion("by", [
      z.strictObject({ tied: z.array(z.string()), by: z.literal("earlier-round"), round: z.number().int().positive() }),
      z.strictObject({
        tied: z.array(z.string()),
        by: z.enum(["lot", "lot-after-closing", "together", "no-difference"]),
      }),
    ])
    .optional(),
});

const SeatTie = z.strictObject({ tied: z.array(z.string()), seats: z.number().int().positive() });

/** Votes in a single transferable vote, exact to five decimals. */
const Fraction = z.number().nonnegative();

const TransferRound = z.strictObject({
  number: z.number().int().positive(),
  votes: z.record(z.string(), Fraction),
  exhausted: Fraction,
  lost: Fraction,
  elected: z.array(z.string()),
  eliminated: z.array(z.string()),
  /** From whom, and to whom. */
  transfers: z.record(z.string(), z.record(z.string(), Fraction)),
  transferredToExhausted: z.record(z.string(), Fraction),
  tieBreak: CertifiedRound.shape.tieBreak,
});

const CertifiedOutcome = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("elected"), candidateId: z.string(), byLot: z.array(z.string()).optional() }),
  z.strictObject({ kind: z.literal("tie"), tied: z.array(z.string()), over: z.enum(["win", "elimination"]) }),
  z.strictObject({ kind: z.literal("no-ballots") }),
]);

export const ContestResult = z.strictObject({
  /** Null for all regions together. */
  regionId: z.string().nullable(),
  /** Everything in the box: total, blank and spoiled. */
  ballots: Whole,
  /** Valid ballots: as many as votes, but where names are marked. */
  total: Whole,
  blank: Whole,
  spoiled: Whole,
  /** By candidate, or by `oui` and `non`; marks where ballots mark names, first preferences where candidates are ranked. */
  votes: z.record(z.string(), Whole),
  /** A law's outcome. */
  outcome: z.enum(DECIDED_LAW_OUTCOMES).optional(),
  /** Who is elected where ballots mark names, with the ties for the last seats. */
  marked: z
    .strictObject({
      elected: z.array(z.string()),
      open: SeatTie.optional(),
      byLot: z.strictObject({ ...SeatTie.shape, by: z.enum(["lot", "lot-after-closing"]) }).optional(),
    })
    .optional(),
  /** Who has a region's seat in a single choice; not in format 3. */
  seat: CertifiedOutcome.optional(),
  /** The rounds of a single transferable vote. */
  transferred: z
    .strictObject({
      quota: Fraction,
      rounds: z.array(TransferRound),
      elected: z.array(z.string()),
      open: SeatTie.optional(),
    })
    .optional(),
  /** The rounds of a ranked count, where there is one count. */
  ranked: z.strictObject({ rounds: z.array(CertifiedRound), outcome: CertifiedOutcome }).optional(),
});
export type ContestResult = Readonly<z.infer<typeof ContestResult>>;

function rankedRecord({ rounds, outcome }: RankedCount, isOld: boolean): NonNullable<ContestResult["ranked"]> {
  return {
    rounds: rounds.map(({ votes, transfers, transfersFrom: _, eliminated, ...round }) =>
      CertifiedRound.parse({
        ...round,
        votes: Object.fromEntries(votes),
        ...(eliminated.length > 0 && { eliminated: isOld ? eliminated[0] : eliminated }),
        transfers: Object.fromEntries(transfers),
      }),
    ),
    outcome: CertifiedOutcome.parse(outcome),
  };
}

function transferRecord({ quota, rounds, ...outcome }: TransferCount): NonNullable<ContestResult["transferred"]> {
  const inVotes = (votes: Votes) => Object.fromEntries([...votes].map(([id, count]) => [id, count / VOTE]));
  return z.parse(z.nonoptional(ContestResult.shape.transferred), {
    quota: quota / VOTE,
    rounds: rounds.map(({ votes, exhausted, lost, transfersFrom, exhaustedFrom, surplusOf: _, ...round }) => ({
      ...round,
      votes: inVotes(votes),
      exhausted: exhausted / VOTE,
      lost: lost / VOTE,
      transfers: Object.fromEntries([...transfersFrom].map(([from, votes]) => [from, inVotes(votes)])),
      transferredToExhausted: inVotes(exhaustedFrom),
    })),
    ...outcome,
  });
}

function resultOf(
  definition: ElectionDefinition,
  count: ContestCount,
  regionId: string | null,
  { onRoll, setAside, isOld }: Readonly<{ onRoll: number; setAside: number; isOld: boolean }>,
): ContestResult {
  const { votes, ...totals } = count.totals();
  const result = { regionId, ...totals, votes: Object.fromEntries(votes) };
  if (definition.votingMethod === "referendum") {
    const figures = { oui: votes.get("oui") ?? 0, total: totals.total, onRoll };
    const cast = totals.ballots - (isOld ? 0 : setAside);
    return { ...result, outcome: lawOutcome(definition, { ...figures, ballots: cast }) };
  }
  const marked = count.marked();
  if (marked !== undefined) return { ...result, marked: z.parse(ContestResult.shape.marked, marked) };
  const transferred = count.transferred();
  if (transferred !== undefined) return { ...result, transferred: transferRecord(transferred) };
  const ranked = count.ranked();
  if (ranked !== undefined) return { ...result, ranked: rankedRecord(ranked, isOld) };
  if (isOld || regionId === null || definition.votingMethod !== "single_choice") return result;
  return { ...result, seat: CertifiedOutcome.parse(seatOf(definition, regionId, count)) };
}

/**
 * Counts an election from a tally for each region (see contestRegionIds); a region without one had no ballots.
 * @param onRoll voters on the roll, which a law's quorum is a share of
 * @param options `setAside`: how many of the spoiled ballots somebody wrote to the box, which no quorum counts; `isOld`: as
 * certificates of format 3 were counted and written
 */
export function certifiedResult(
  definition: ElectionDefinition,
  tallies: ReadonlyMap<string, Tally>,
  onRoll: number,
  { setAside = 0, isOld = false }: Readonly<{ setAside?: number; isOld?: boolean }> = {},
): Readonly<{ contests: ContestResult[]; wholeCountry: ContestResult }> {
  const { byRegion, together } = countElection(definition, tallies, isOld);
  const asked = { onRoll, setAside, isOld };
  return {
    contests: [...byRegion].map(([regionId, count]) => resultOf(definition, count, regionId, asked)),
    wholeCountry: resultOf(definition, together([...byRegion.values()]), null, asked),
  };
}
