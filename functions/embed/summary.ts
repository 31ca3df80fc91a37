import type { ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Language } from "#core/language.ts";
import { mayChange } from "#core/published-state.ts";
import { type Embedded, fullAddress, writeAddress } from "#functions/embed/address.ts";
import { EMBED_WORDS } from "#functions/embed/words.ts";
import type { Results } from "#published/figures.ts";
import { resultsEn } from "#web/messages/results-en.ts";
import { resultsFr } from "#web/messages/results-fr.ts";
import { turnoutOfEn } from "#web/messages/turnout-en.ts";
import { turnoutOfFr } from "#web/messages/turnout-fr.ts";
import { voteEn } from "#web/messages/vote-en.ts";
import { voteFr } from "#web/messages/vote-fr.ts";
import { tellBeingOpened } from "#web/results/tell-being-opened.ts";
import { tellVerdict } from "#web/results/telling.ts";
import type { Told, ToldBar } from "#web/results/told.ts";

/** A result in a few lines, for the page and for the picture alike. */
export type Summary = Readonly<{
  language: Language;
  title: string;
  /** Whose figures these are, where an election has several regions. */
  region: string | undefined;
  /** Who won or leads, or why nothing is told, in one sentence. */
  headline: string;
  details: readonly string[];
  isWon: boolean;
  bars: readonly ToldBar[];
  /** Of bars that are not shown; undefined when all are. */
  others: string | undefined;
  /** Until when people vote, or when this was counted. */
  conditions: readonly string[];
  /** Whether it may still change: before voting too, and a while after closing, when late ballots are counted. */
  isLive: boolean;
  /** Where all results are. */
  full: string;
  /** Where these are, as a page that updates itself, as one that stands still, and as a picture. */
  addresses: Readonly<Record<Embedded["view"], string>>;
}>;

const WORDS = {
  en: { ...resultsEn, ballot: voteEn.ballot, home: { turnoutOf: turnoutOfEn } },
  fr: { ...resultsFr, ballot: voteFr.ballot, home: { turnoutOf: turnoutOfFr } },
} as const;

/** So many bars fit into the picture. */
const MOST_BARS = 6;

function addressesOf(asked: Embedded): Pick<Summary, "full" | "addresses"> {
  const at = (view: Embedded["view"]): string => writeAddress({ ...asked, view });
  return {
    full: fullAddress(asked),
    addresses: { results: at("results"), still: at("still"), picture: at("picture") },
  };
}

/** Why there is no result yet where trustees open the ballots. */
function beingOpened(...of: Parameters<typeof tellBeingOpened>): Pick<Told, "headline" | "details" | "bars" | "isWon"> {
  const { title, done, turnout } = tellBeingOpened(...of);
  return { headline: title, details: [...done, ...turnout], bars: [], isWon: false };
}

/** What is published of an election, as an embedded page says it. */
export function summaryOf(asked: Embedded, definition: ElectionDefinition, results: Results, atMs: number): Summary {
  const { language, regionId } = asked;
  const t = WORDS[language];
  const { opensAt: opens_at, closesAt: closes_at, timeZone, regions } = definition;
  const reader = { t, language };
  const { headline, details, bars, isWon } =
    results.withheld === "being-opened"
      ? beingOpened(reader, definition, results)
      : tellVerdict(reader, { definition, opens_at, closes_at }, results);
  const region = regions.find((one) => one.regionId === regionId);
  const others = bars.length - MOST_BARS;
  const closes = formatInstant(language, closes_at, timeZone);
  return {
    language,
    title: definition.title[language],
    region: regions.length < 2 ? undefined : (region?.name[language] ?? t.results.allRegions),
    ...{ headline, details, isWon },
    bars: bars.slice(0, MOST_BARS),
    others: others > 0 ? EMBED_WORDS[language].others(others) : undefined,
    conditions: [
      ...(results.status === "upcoming" || results.status === "being_opened" || results.withheld !== null
        ? []
        : [t.results.status[results.status](closes)]),
      ...(results.status === "upcoming"
        ? []
        : [t.results.counted(formatInstant(language, results.updated_at, timeZone))]),
    ],
    isLive: results.status === "being_opened" || mayChange(definition, atMs),
    ...addressesOf(asked),
  };
}

/** Of what has no result: a vote that was cancelled, or that does not exist. */
export function summaryWithout(asked: Embedded, title: string, headline: string): Summary {
  return {
    language: asked.language,
    title,
    region: undefined,
    headline,
    details: [],
    isWon: false,
    bars: [],
    others: undefined,
    conditions: [],
    isLive: false,
    ...addressesOf(asked),
  };
}
