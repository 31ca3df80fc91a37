import type { Embargo } from "#core/results.ts";
import { formatCount, formatRank, pluralOf } from "#web/format.ts";
import { monitorEn } from "#web/messages/monitor-en.ts";

const count = (value: number): string => formatCount("en", value);
const plural = (value: number, one: string, other: string): string =>
  `${count(value)} ${pluralOf("en", value, { one, other })}`;

/** Every text of the site in English; the French catalogue has the same keys by its type. */
export const en = {
  site: {
    name: "Scrutin",
    skip: "Skip to the content",
    home: "What is being voted on",
    language: "Language",
    footer: "Your choice is sealed on your device. Anyone can check the count.",
    loading: "One moment",
  },
  failure: {
    title: "This page could not be loaded",
    unreachable: "There is no connection to the voting service. Nothing you did is lost.",
    retry: "Try again",
    notFoundTitle: "There is nothing at this address",
    notFound: "The link may be cut short or old. What is being voted on is on the first page.",
    unknownElection: "This vote does not exist. The link may be cut short or old.",
    toHome: "See what is being voted on",
  },
  home: {
    title: "What is being voted on",
    open: "Open now",
    upcoming: "Coming",
    closed: "Over",
    nothing: "Nothing is being voted on at this time.",
    opens: (when: string, distance: string) => `Opens ${distance}, on ${when}`,
    closes: (when: string, distance: string) => `Closes ${distance}, on ${when}`,
    closedOn: (when: string) => `Closed on ${when}`,
    vote: "Vote",
    results: "Results",
    about: (link: string, title: string) => `${link}: ${title}`,
    kind: { referendum: "Referendum", single_choice: "Election", ranked_choice: "Ranked election" },
  },
  vote: {
    step: (step: number, steps: number) => `Step ${step} of ${steps}`,
    back: "Back",
    next: "Continue",
    opensOn: (when: string) => `Voting opens on ${when}. Come back then: this same link leads to your ballot.`,
    closedOn: (when: string) => `Voting closed on ${when}. The results are, or will be, on the results page.`,
    notOpenTitle: "Voting has not opened yet",
    closedTitle: "Voting is closed",
    seeResults: "See the results",
  },
  region: {
    title: "Where do you vote?",
    hint: "Your region is on your voter card.",
    missing: "Choose your region to continue.",
    change: "Change region",
  },
  ballot: {
    hintLaw: "Mark one box.",
    hintSingle: "Mark one name.",
    hintRanked: (most: number) =>
      `Rank the candidates in your order of preference, ${plural(most, "name", "names")} at most. One is enough.`,
    yes: "Yes",
    no: "No",
    blank: "Blank ballot",
    blankHint: "It is counted, for nobody.",
    independent: "Independent",
    missing: "Mark your ballot to continue.",
  },
  ranked: {
    yours: "Your ranking",
    others: "Not ranked",
    empty: "Nobody yet. Choose a name below to rank it first.",
    rank: (rank: number) => `Rank ${formatRank("en", rank)}`,
    rankOf: (name: string) => `Rank of ${name}`,
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    remove: (name: string) => `Take ${name} out of the ranking`,
    full: (most: number) => `You have ranked ${count(most)}, the most this ballot takes.`,
    placed: (name: string, rank: number) => `${name} is now your ${formatRank("en", rank)} choice.`,
    removed: (name: string) => `${name} is no longer ranked.`,
  },
  identity: {
    title: "Who are you?",
    why: "This shows that you are on the electoral roll. It is never kept with your choice.",
    missing: "Fill in this field.",
    pattern: "This does not look right. Check it against your card.",
    summary: "Some fields need your attention.",
    review: "Review my choice",
  },
  review: {
    title: "Is this your choice?",
    question: "To the question",
    answer: "you answer",
    region: "In the region of",
    candidate: "you vote for",
    ranking: "you rank",
    blank: "a blank ballot",
    seal: "Your choice is sealed on this device. Nobody can read it before it is counted, and nobody can see that it was yours.",
    final: "Once it is in the box, it cannot be changed.",
    change: "Change my choice",
    cast: "Cast my ballot",
  },
  stub: {
    sealing: "Sealing your ballot",
    sending: "Sending your sealed ballot",
    offline: "No connection. Your sealed ballot is kept on this page and goes out as soon as you are back online.",
    busy: "The voting service is busy. Your sealed ballot is kept on this page and goes out by itself in a moment; it is counted once, however often it is sent.",
    keepOpen: "Keep this page open until then.",
    waitingTitle: "Your ballot is on its way",
    queuedTitle: "Your ballot is in the queue",
    queued: "You can close this page; it will be counted.",
    slow: "The queue is longer than usual. Your place in it is kept, and the time that counts is when you cast your ballot.",
    acceptedTitle: "Your ballot is in the box",
    accepted: "It is counted with the others within seconds.",
    duplicateTitle: "You had already voted",
    duplicate: "A ballot from you was already in the box. This second one was not counted; the first one stands.",
    attempts: (attempts: number) =>
      `${plural(attempts, "ballot was", "ballots were")} received from you, the first one included.`,
    duplicateAdvice: "If you did not cast the first one, call the election office, at the number on your voter card.",
    invalidTitle: "This ballot was not counted",
    invalid: {
      "unknown-credentials":
        "We could not match these against the electoral roll. Check each of them, or call the election office, at the number on your voter card; your right to vote is not used up.",
      "wrong-region":
        "You are on the roll of another region. Check the region on your voter card and vote there; your right to vote is not used up.",
    },
    checkAgain: "Check what I typed",
    refusedTitle: "This ballot was not taken",
    refused: "The voting service did not take this ballot. Your right to vote is not used up.",
    unsealableTitle: "This browser cannot seal a ballot",
    unsealable: "Nothing was sent. Update your browser or use another one, and vote from there.",
    trackingCode: "Tracking code",
    trackingHint:
      "Keep it: with it you can check that this ballot is in the box, unchanged. It does not tell how you voted.",
    copy: "Copy",
    copied: "Copied.",
    print: "Print",
    alteredTitle: "Do not rely on this ballot",
    altered: (sealed: string, received: string) =>
      `You sealed ballot ${sealed}, but the server says it received ballot ${received}. It may have been altered on its way. Note both codes and call the election office.`,
  },
  results: {
    title: (title: string) => `Results: ${title}`,
    region: "Region",
    allRegions: "All regions",
    votes: (votes: number) => plural(votes, "vote", "votes"),
    leading: "In the lead",
    most: "Most votes",
    firstChoices: "First choices only. Each region counts its own rounds.",
    firstChoicesAndRounds: "These are the first choices. The rounds below decide.",
    outcome: {
      adopted: "The law is adopted.",
      rejected: "The law is rejected.",
      "quorum-not-reached": "Too few people voted: the quorum was not reached, and the law is not adopted.",
      undecided: "Nothing is decided before voting closes.",
    },
    majority: {
      "more-than": (share: string) =>
        `To be adopted, the law needs Yes on more than ${share} of the votes for an option.`,
      "at-least": (share: string) =>
        `To be adopted, the law needs Yes on at least ${share} of the votes for an option.`,
    },
    quorum: (share: string) => `At least ${share} of the people on the roll must vote.`,
    none: "No vote has been counted yet.",
    turnout: "Turnout",
    turnoutOf: (ballots: number, onRoll: number) =>
      `${plural(ballots, "ballot", "ballots")} for ${plural(onRoll, "voter", "voters")} on the roll`,
    total: "Votes for an option",
    blank: "Blank ballots",
    spoiled: "Spoiled ballots",
    counted: (clock: string) => `Counted at ${clock}`,
    changed: (clock: string) => `The figures last changed at ${clock}`,
    byItself: "This page refreshes by itself.",
    stale: "No connection: these figures may be old. They refresh as soon as you are back online.",
    withheldTitle: "Not shown yet",
    withheld: {
      "not-open": (opens: string, _closes: string, _minimum: number) => `Voting opens on ${opens}.`,
      "after-vote": (_opens: string, closes: string, _minimum: number) =>
        `While voting is open, this result is shown to those who have voted: cast your ballot, and come here once it is in the box, without closing the page. Everybody sees it when voting closes, on ${closes}.`,
      "after-close": (_opens: string, closes: string, _minimum: number) =>
        `This result is published when voting closes, on ${closes}, so that it sways nobody.`,
      "minimum-ballots": (_opens: string, _closes: string, minimum: number) =>
        `Fewer than ${plural(minimum, "ballot has", "ballots have")} been counted here. A small count could give away how someone voted, so it is shown from that number on.`,
    } satisfies Record<Embargo, (opens: string, closes: string, minimum: number) => string>,
    regionsWithheld: (names: string) => `Left out of the sum, because too few ballots are in yet: ${names}.`,
    vote: "Vote",
  },
  seats: {
    won: "Seats",
    leading: "Seats, by the ballots counted so far",
    elected: "Elected",
    party: "Party",
    tie: (names: string) => `Tie: ${names}`,
    of: (party: string, seats: number) => `${party}: ${plural(seats, "seat", "seats")}`,
  },
  rounds: {
    title: "Round by round",
    final: {
      elected: (name: string) => `${name} is elected.`,
      tie: (names: string) => `There is a tie between ${names}, and no rule breaks it: nobody is elected.`,
      "no-ballots": (_: string) => "Nobody is elected: no ballot ranks anybody.",
    },
    soFar: {
      elected: (name: string) => `By the ballots counted so far, ${name} would be elected.`,
      tie: (names: string) => `By the ballots counted so far, there is a tie between ${names}.`,
      "no-ballots": (_: string) => "No ballot is counted yet.",
    },
    candidate: "Candidate",
    round: (round: number) => `Round ${count(round)}`,
    out: "Out",
    exhausted: "Exhausted ballots",
    threshold: "Votes needed",
    eliminated: (name: string) => `${name} is eliminated.`,
    transfers: (list: string) => `The ballots go to: ${list}.`,
    transfer: (name: string, votes: number) => `${name} (${count(votes)})`,
    byEarlierRound: (names: string, round: number) =>
      `Tie between ${names}, broken by their votes in round ${count(round)}.`,
    byLot: (names: string) => `Tie between ${names}, broken by the lot drawn before the election.`,
  },
  monitor: monitorEn,
};

export type Messages = typeof en;
