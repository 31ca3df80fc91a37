import { formatInstant } from "#core/instant-words.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { type Results, turnoutOf } from "#published/figures.ts";
import { rulesOf } from "#web/results/tell-law.ts";
import type { Reader, Told } from "#web/results/told.ts";
import { formatShare } from "#web/share.ts";

/** What the state of an election adds to its verdict, or tells instead of one. */

/** What a verdict needs of an election. */
export type Timed = Pick<PublicElection, "definition" | "opens_at" | "closes_at">;

/** Whether voting was over when these ballots were counted, but the count made after closing is not shown yet. */
export const isStillCounting = (election: Timed, { status, updated_at }: Results): boolean =>
  status === "open" && Date.parse(updated_at) >= Date.parse(election.closes_at);

/** A verdict, or why there is none yet. */
export function inState(reader: Reader, election: Timed, results: Results, tell: () => Told): Told {
  if (results.withheld !== null) return tellWithheld(reader, election, results);
  const told = tell();
  if (!isStillCounting(election, results)) return told;
  return { ...told, details: [reader.t.verdict.counting, ...told.details] };
}

function tellWithheld(reader: Reader, election: Timed, results: Results): Told {
  const { t, language } = reader;
  const { turnout } = results;
  // What trustees are opening is told apart (tell-being-opened.ts), and never comes here.
  const withheld = results.withheld as Exclude<Results["withheld"], "being-opened">;
  const { definition } = election;
  const { minimumBallots, timeZone } = definition;
  const opens = formatInstant(language, election.opens_at, timeZone);
  const closes = formatInstant(language, election.closes_at, timeZone);
  const isCounting = isStillCounting(election, results);
  const share = formatShare(language, turnoutOf(results));
  return {
    headline: isCounting
      ? t.verdict.counting
      : t.results.withheld[withheld ?? "not-open"](opens, closes, minimumBallots),
    details: [
      ...(minimumBallots > 1 && withheld !== "not-open" && !isCounting ? [t.results.steps(minimumBallots)] : []),
      ...(definition.votingMethod === "referendum" ? rulesOf(reader, definition) : []),
      ...(withheld === "not-open"
        ? []
        : [t.verdict.turnout(share, t.home.turnoutOf(turnout.ballots, turnout.on_roll))]),
    ],
    bars: [],
    isWithheld: true,
    isFinal: false,
    isWon: false,
  };
}
