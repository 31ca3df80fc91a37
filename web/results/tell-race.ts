import type { RaceDefinition } from "#core/contest.ts";
import { HALF } from "#core/percentage.ts";
import { sentences } from "#core/sentences.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { type Option, shareOf, turnoutOf } from "#published/figures.ts";
import { type RaceVerdict, raceVerdict } from "#published/verdict.ts";
import { tellSeveral } from "#web/results/tell-several.ts";
import { leadIn, listOf, nameOf, percentOf, type Reader, type Told, type ToldBar } from "#web/results/told.ts";
import { formatBeside, formatShare } from "#web/share.ts";

/** Who won or leads a race in one contest, by how much, of how many. */

type Elected = Extract<RaceVerdict, { kind: "elected" }>;
type Tie = Extract<RaceVerdict, { kind: "tie" }>;

/** So many bars are seen at once. */
const MOST_BARS = 6;

export function tellRace(reader: Reader, definition: RaceDefinition, results: ElectionResults): Told {
  const { t, language } = reader;
  const verdict = raceVerdict(definition, results);
  const turnout = t.verdict.turnout(
    formatShare(language, turnoutOf(results)),
    t.home.turnoutOf(results.turnout.ballots, results.turnout.on_roll),
  );
  const told = { isWithheld: false, isFinal: verdict.final, bars: barsOf(reader, results, verdict) };
  const say = t.verdict[verdict.final ? "final" : "soFar"];
  switch (verdict.kind) {
    case "no-ballots":
      return { ...told, headline: `${say.noVotes}.`, details: [turnout], isWon: false };
    case "tie":
      return { ...told, headline: sentences`${tieIn(reader, results, verdict)}.`, details: [turnout], isWon: false };
    case "elected": {
      const isSeveral = "seats" in definition && definition.seats > 1;
      const { headline, details } = isSeveral
        ? tellSeveral(reader, definition.seats, results, verdict)
        : { headline: electedIn(reader, results, verdict), details: roundsIn(reader, results) };
      return {
        ...told,
        headline: sentences`${headline}.`,
        details: [...details, ...lotIn(reader, verdict), ...withdrawnIn(reader, definition, verdict), turnout],
        isWon: verdict.final,
      };
    }
    default:
      return verdict satisfies never;
  }
}

/** A share, and what it is of. */
function shareIn(
  reader: Reader,
  { voting_method }: ElectionResults,
  option: Option,
  round: number | undefined,
): string {
  const { t, language } = reader;
  const share = formatShare(language, shareOf(option), voting_method === "ranked_choice" ? [HALF] : []);
  if (voting_method === "choose") return t.verdict.ofBallots(share, option.whole);
  return round === undefined || voting_method === "stv"
    ? t.verdict.ofVotes(share, option.whole)
    : t.verdict.inRound(share, option.whole, round);
}

function electedIn(reader: Reader, results: ElectionResults, verdict: Elected): string {
  const { t, language } = reader;
  const { elected, next, margin, round, final, byLot } = verdict;
  const [first] = elected;
  const share = shareIn(reader, results, first, round);
  const say = t.verdict[final ? "final" : "soFar"];
  if (byLot !== undefined && margin === 0) {
    const names = listOf(language, byLot.tied.map(nameOf));
    return say.byLot(nameOf(first), names, t.verdict.each(first.votes, share));
  }
  const elect = !final && round !== undefined ? t.verdict.wouldWin : say.elected;
  const lead = leadIn(reader, margin, first.whole);
  return elect(nameOf(first), share) + (next === undefined ? t.verdict.alone : t.verdict.ahead(lead, nameOf(next)));
}

function tieIn(reader: Reader, results: ElectionResults, { tied, over, round, final }: Tie): string {
  const { t, language } = reader;
  const say = t.verdict[final ? "final" : "soFar"];
  const names = listOf(language, tied.map(nameOf));
  const [first] = tied;
  if (over === "elimination" || first === undefined) return say.tieOverElimination(names, round ?? 1);
  return say.tie(names, t.verdict.each(first.votes, shareIn(reader, results, first, round)));
}

function roundsIn({ t }: Reader, { rounds = [] }: ElectionResults): readonly string[] {
  const { exhausted = 0 } = rounds.at(-1) ?? {};
  return exhausted > 0 ? [t.verdict.exhausted(exhausted)] : [];
}

function lotIn({ t, language }: Reader, { byLot, margin, elected }: Elected): readonly string[] {
  // Of one seat the first sentence says so.
  if (byLot === undefined || (elected.length === 1 && margin === 0)) return [];
  return [t.tieBreak[byLot.by](listOf(language, byLot.tied.map(nameOf)), 0)];
}

function withdrawnIn({ t, language }: Reader, { candidates }: RaceDefinition, { elected }: Elected): readonly string[] {
  const withdrawn = elected.filter(({ id }) =>
    candidates.some(({ candidateId, withdrawnAt }) => candidateId === id && withdrawnAt !== undefined),
  );
  return withdrawn.length === 0 ? [] : [t.verdict.withdrew(listOf(language, withdrawn.map(nameOf)))];
}

/** Whoever the verdict names, and who came next. */
function barsOf(reader: Reader, results: ElectionResults, verdict: RaceVerdict): readonly ToldBar[] {
  const { t, language } = reader;
  if (verdict.kind === "no-ballots") return [];
  const { voting_method, rounds } = results;
  const elected = verdict.kind === "elected" ? verdict.elected : [];
  const tied = verdict.kind === "elected" ? (verdict.open?.tied ?? []) : verdict.tied;
  const next = verdict.kind === "elected" && verdict.next !== undefined ? [verdict.next] : [];
  const markOf = (id: string): string | undefined => {
    if (elected.some((one) => one.id === id)) return verdict.final ? t.seats.elected : t.results.leading;
    return tied.some((one) => one.id === id) ? t.results.level : undefined;
  };
  const threshold = rounds?.at(-1)?.threshold;
  const neededOf = (whole: number) => {
    if (threshold === undefined) return {};
    if (voting_method !== "stv")
      return {
        needed: { percentage: 50, label: t.verdict.majorityLine(formatBeside(language, HALF, HALF).threshold) },
      };
    return { needed: { percentage: percentOf({ part: threshold, whole }), label: t.verdict.quotaLine(threshold) } };
  };
  const shown = [...new Map([...elected, ...tied, ...next].map((option) => [option.id, option])).values()];
  return shown.slice(0, MOST_BARS).map((option) => {
    const { id, party, colour, votes, whole } = option;
    const mark = markOf(id);
    return {
      ...{ id, name: nameOf(option), detail: party === null ? t.ballot.independent : party[language], colour },
      share: formatShare(language, shareOf(option), voting_method === "ranked_choice" ? [HALF] : []),
      ...{ count: t.results.votes(votes), percentage: percentOf({ part: votes, whole }), ...neededOf(whole) },
      ...(mark !== undefined && { mark }),
    };
  });
}
