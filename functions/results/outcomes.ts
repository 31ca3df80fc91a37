import type { ContestCount } from "#core/results.ts";
import { type SeatOutcome, severalOutcome } from "#core/seats.ts";
import type { ElectionResults, OutcomeResult } from "#functions/results/contract.ts";

/** An outcome as the API gives it: who is elected, and who is tied for what is left. */
export function outcomeFields(outcome: SeatOutcome): Omit<OutcomeResult, "by_lot"> {
  switch (outcome.kind) {
    case "elected":
      return {
        kind: "elected",
        candidate_ids: [outcome.candidateId],
        tie_over: null,
        elected: [outcome.candidateId],
        open_seats: 0,
      };
    case "tie":
      return { kind: "tie", candidate_ids: [...outcome.tied], tie_over: outcome.over, elected: [], open_seats: 1 };
    case "no-ballots":
      return { kind: "no-ballots", candidate_ids: [], tie_over: null, elected: [], open_seats: 0 };
    case "several": {
      const { elected, open } = outcome;
      const whose = open === undefined ? ("elected" as const) : ("tie" as const);
      return {
        kind: whose,
        tie_over: open?.over ?? null,
        candidate_ids: [...(open?.tied ?? elected)],
        elected: [...elected],
        open_seats: open?.seats ?? 0,
      };
    }
    default:
      return outcome satisfies never;
  }
}

/** Who is elected by marks; nothing by any other method, and for several regions. */
export function markedResults({ marked, totals }: ContestCount): Pick<ElectionResults, "outcome"> {
  const outcome = marked();
  if (outcome === undefined) return {};
  if (totals().total === 0) return { outcome: outcomeFields({ kind: "no-ballots" }) };
  const { byLot, ...several } = outcome;
  return {
    outcome: {
      ...outcomeFields(severalOutcome(several, "win")),
      ...(byLot !== undefined && { by_lot: { ...byLot, tied: [...byLot.tied] } }),
    },
  };
}
