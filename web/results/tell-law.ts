import type { LawDefinition } from "#core/contest.ts";
import type { Share } from "#core/election.ts";
import { ratioOf } from "#core/percentage.ts";
import type { LawResults } from "#functions/results/contract.ts";
import { foremostIn, turnoutOf } from "#published/figures.ts";
import { type LawStanding, standingOf } from "#published/law-standing.ts";
import { YES_COLOUR } from "#web/results/colour.ts";
import { percentOf, type Reader, type Told, type ToldBar } from "#web/results/told.ts";
import { formatBeside, formatShare } from "#web/share.ts";

/** What a law has come to, beside its quorum and the majority that it needs. */
export function tellLaw(reader: Reader, definition: LawDefinition, results: LawResults): Told {
  const standing = standingOf(definition, results);
  const { kind } = results.outcome;
  return {
    headline: `${headlineOf(reader, definition, results, standing)}.`,
    details: detailsOf(reader, definition, results, standing),
    bars: barsOf(reader, definition, results, standing),
    isWithheld: false,
    isFinal: kind !== "undecided",
    isWon: kind === "adopted",
  };
}

/** What a law needs, before anything may be told of what it has. */
export function rulesOf({ t, language }: Reader, { requiredMajority, quorum }: LawDefinition): readonly string[] {
  const written = (share: Share): string => formatBeside(language, ratioOf(share), { part: 0, whole: 0 }).threshold;
  return [
    t.results.majority[requiredMajority.kind](written(requiredMajority.share)),
    ...(quorum === undefined ? [] : [t.results.quorum(written(quorum))]),
  ];
}

function headlineOf(
  { t, language }: Reader,
  { requiredMajority }: LawDefinition,
  { outcome, total, turnout }: LawResults,
  { majority, quorum }: LawStanding,
): string {
  const words = t.verdict.law;
  const yes = formatBeside(language, majority.needs, majority.has);
  const share = t.verdict.ofVotes(yes.share, total ?? 0);
  const cast = quorum === undefined ? undefined : formatBeside(language, quorum.needs, quorum.has);
  const withQuorum = cast === undefined ? "" : words.quorum(cast.threshold);
  switch (outcome.kind) {
    case "adopted":
      return words.adopted(share) + withQuorum;
    case "rejected":
      if (total === 0) return words.noVotes;
      return words.rejected(share) + words.needed[requiredMajority.kind](yes.threshold) + withQuorum;
    case "quorum-not-reached":
      // Nobody is on the roll, or the turnout has ballots that were set aside, which the quorum has not.
      return quorum === undefined || quorum.missing === 0
        ? words.quorumNotReached(cast?.threshold ?? "")
        : words.quorumMissed(cast?.share ?? "", turnout.on_roll, cast?.threshold ?? "");
    case "undecided": {
      if (total === 0) return t.verdict.soFar.noVotes;
      const soFar = words.soFar(share) + words.needs[requiredMajority.kind](yes.threshold);
      return cast === undefined ? soFar : soFar + words.quorumSoFar(cast.share, cast.threshold);
    }
    default:
      return outcome.kind satisfies never;
  }
}

function detailsOf(
  { t, language }: Reader,
  { requiredMajority }: LawDefinition,
  results: LawResults,
  { majority, quorum }: LawStanding,
): readonly string[] {
  const { outcome, total } = results;
  const words = t.verdict.law;
  const isOpen = outcome.kind === "undecided";
  const yes = formatBeside(language, majority.needs, majority.has);
  const rule = t.results.majority[requiredMajority.kind](yes.threshold);
  const missing = words[isOpen ? "missing" : "missingInEnd"](majority.missing);
  const needed =
    total === 0
      ? [rule]
      : [rule, t.results.hasMajority(yes.share, majority.isReached), ...(majority.missing > 0 ? [missing] : [])];
  if (quorum === undefined) {
    const { ballots, on_roll } = results.turnout;
    const share = formatShare(language, turnoutOf(results));
    return [needed.join(" "), t.verdict.turnout(share, t.home.turnoutOf(ballots, on_roll))];
  }
  const cast = formatBeside(language, quorum.needs, quorum.has);
  const ballots = words[isOpen ? "missingBallots" : "missingBallotsInEnd"](quorum.missing);
  const turnout = [
    t.results.quorum(cast.threshold),
    t.results.hasQuorum(cast.share, quorum.isReached),
    ...(quorum.missing > 0 ? [ballots] : []),
  ];
  return [needed.join(" "), turnout.join(" ")];
}

/** Yes with the line of its majority, No, and the turnout with that of the quorum. */
function barsOf(
  { t, language }: Reader,
  { requiredMajority }: LawDefinition,
  results: LawResults,
  { majority, quorum }: LawStanding,
): readonly ToldBar[] {
  const { oui, non, total, outcome, turnout } = results;
  const foremost = foremostIn(results);
  const most =
    foremost.length > 1 ? t.results.level : outcome.kind === "undecided" ? t.results.leading : t.results.most;
  const markOf = (id: string) => (foremost.some((one) => one.id === id) ? { mark: most } : {});
  const yes = formatBeside(language, majority.needs, majority.has);
  const no = { part: non ?? 0, whole: total ?? 0 };
  const bars: readonly ToldBar[] = [
    {
      ...{ id: "oui", name: t.ballot.yes, colour: YES_COLOUR, share: yes.share, count: t.results.votes(oui ?? 0) },
      ...{ percentage: percentOf(majority.has), ...markOf("oui") },
      needed: {
        percentage: percentOf(majority.needs),
        label: t.verdict.law.line[requiredMajority.kind](yes.threshold),
      },
    },
    {
      ...{ id: "non", name: t.ballot.no, colour: null, share: formatShare(language, no) },
      ...{ count: t.results.votes(non ?? 0), percentage: percentOf(no), ...markOf("non") },
    },
  ];
  if (quorum === undefined) return bars;
  const cast = formatBeside(language, quorum.needs, quorum.has);
  return [
    ...bars,
    {
      ...{ id: "turnout", name: t.results.turnout, colour: null, share: cast.share },
      ...{ count: t.verdict.ofRoll(turnout.ballots, turnout.on_roll), percentage: percentOf(quorum.has) },
      needed: { percentage: percentOf(quorum.needs), label: t.verdict.law.quorumLine(cast.threshold) },
    },
  ];
}
