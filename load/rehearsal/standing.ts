import * as z from "zod";
import type { ContestResult } from "#core/certified-result.ts";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import type { Figures } from "#load/rehearsal/diary.ts";

/** What the product says of a result, as flat figures that can be compared one by one. */

const Option = z.object({ id: z.string() });
const Verdict = z.object({
  verdict: z.object({
    kind: z.string(),
    elected: z.array(Option).optional(),
    next: Option.optional(),
    margin: z.number().optional(),
    round: z.number().optional(),
    byLot: z.object({}).optional(),
    outcome: z.string().optional(),
  }),
});
const Told = z.union([LawResults.and(Verdict), ElectionResults.and(Verdict)]);
type Told = z.infer<typeof Told>;

const listed = (ids: readonly string[]): string => ids.join(", ");
const part = (when: boolean, text: string): string => (when ? text : "");

function verdictIn({ verdict }: Told): string {
  const { kind, outcome, margin = 0, elected = [], next, round, byLot } = verdict;
  if (kind === "law") return `${outcome}, by ${margin}`;
  if (kind !== "elected") return kind.replace("-", " ");
  return [
    `elected: ${listed(elected.map(({ id }) => id))}`,
    part(next !== undefined, `, ${margin} ahead of ${next?.id}`),
    part(round !== undefined, ` in round ${round}`),
    part(byLot !== undefined, ", by lot"),
  ].join("");
}

function roundFigure(round: NonNullable<ElectionResults["rounds"]>[number]): string {
  const { candidates, threshold, exhausted, lost, elected = [], eliminated, tie_break, transfers } = round;
  const moves = transfers.map(({ from, candidate_id, votes }) => `${from} to ${candidate_id ?? "nobody"} ${votes}`);
  return [
    listed(candidates.map(({ candidate_id, votes }) => `${candidate_id} ${votes}`)),
    `; needs ${threshold}; exhausted ${exhausted}`,
    part(lost !== undefined, `; lost ${lost}`),
    part(elected.length > 0, `; elected ${listed(elected)}`),
    part(eliminated.length > 0, `; out ${listed(eliminated)}`),
    part(tie_break !== null, ` by ${tie_break?.by}`),
    part(moves.length > 0, `; ${listed(moves)}`),
  ].join("");
}

function raceFigures({ rounds = [], seats, seats_by_party }: ElectionResults): Figures {
  return {
    ...Object.fromEntries(rounds.map((round) => [`round ${round.round}`, roundFigure(round)])),
    ...(seats !== undefined && {
      seats: seats.map(({ region_id, elected }) => `${region_id}: ${listed(elected)}`).join("; "),
    }),
    ...(seats_by_party !== undefined && {
      "seats by party": listed(
        seats_by_party.map(({ party, seats: won }) => `${party?.en ?? "none"} ${won}`).toSorted(),
      ),
    }),
  };
}

function figuresOf(told: Told): readonly [where: string, Figures] {
  const { status, total, blank, spoiled, turnout } = told;
  const options: readonly (readonly [string, number | null, number | null])[] =
    "law_id" in told
      ? (["oui", "non"] as const).map((id) => [id, told[id], told.percentages[id]])
      : told.candidates.map(({ candidate_id, votes, percentage }) => [candidate_id, votes, percentage]);
  const figures = {
    status,
    ...Object.fromEntries(options.map(([id, votes]) => [`votes for ${id}`, votes ?? undefined])),
    "shares, %": listed(options.map(([, , share]) => String(share))),
    valid: total ?? undefined,
    blank: blank ?? undefined,
    spoiled: spoiled ?? undefined,
    turnout: `${turnout.ballots} of ${turnout.on_roll}, ${turnout.percentage} %`,
    ...(turnout.voted_elsewhere !== undefined && { "voted elsewhere": turnout.voted_elsewhere }),
    ...("law_id" in told ? {} : raceFigures(told)),
    verdict: verdictIn(told),
  };
  return ["law_id" in told ? "all" : (told.region_id ?? "all"), figures];
}

/** Of what `results --json` or `results --json --by-region` prints, by region; `all` for the sum. */
export function figuresIn(printed: string): ReadonlyMap<string, Figures> {
  const read: unknown = JSON.parse(printed);
  return new Map(
    z
      .array(Told)
      .parse(Array.isArray(read) ? read : [read])
      .map(figuresOf),
  );
}

/** The same of a contest in a certificate, which has no shares, turnout or words. */
export function certifiedFigures({ votes, total, blank, spoiled }: ContestResult): Figures {
  const options = Object.entries(votes).map(([id, count]) => [`votes for ${id}`, count] as const);
  return { ...Object.fromEntries(options), valid: total, blank, spoiled };
}

/** Of figures, those that a certificate has too. */
export function certifiable(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).filter(([name]) => /^(?:votes for .*|valid|blank|spoiled)$/.test(name)),
  );
}

/** Who is elected by a contest in a certificate; a law's outcome. */
export function certifiedWinners({ outcome, marked, transferred, ranked, seat }: ContestResult): string {
  const single = ranked?.outcome ?? seat;
  if (single !== undefined) return single.kind === "elected" ? single.candidateId : single.kind;
  return outcome ?? listed(marked?.elected ?? transferred?.elected ?? []);
}

/** Whom figures name as elected, as a certificate names them; a law's outcome. */
export function winnersIn({ verdict = "" }: Figures): string {
  const told = String(verdict);
  const elected = /^elected: (.*?)(?:, [\d.]+ ahead| in round|$)/.exec(told)?.[1];
  return elected ?? told.replace(/,.*/, "");
}
