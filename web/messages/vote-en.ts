import { sentences } from "#core/sentences.ts";
import { countsIn, formatRank } from "#web/format.ts";

const { count, plural } = countsIn("en");

export const voteEn = {
  vote: {
    step: (step: number, steps: number) => `Step ${step} of ${steps}`,
    back: "Back",
    next: "Continue",
    opensOn: (when: string) => sentences`Voting opens on ${when}. Come back then: the same link leads to your ballot.`,
    closedOn: (when: string) => sentences`Voting closed on ${when}. The results are, or will be, on the results page.`,
    notOpenTitle: "Voting has not opened yet",
    closedTitle: "Voting is closed",
    cancelledTitle: "This vote was cancelled",
    cancelledOn: (when: string) => sentences`This vote was cancelled on ${when}. The reason:`,
    cancelledWhat: "Nobody can vote any more. Ballots that were cast stay sealed, and none is counted.",
    seeResults: "See the results",
    corrected: (when: string, from: string, to: string) =>
      from === "" ? `Added on ${when}: “${to}”.` : `Corrected on ${when}: “${from}” is now “${to}”.`,
  },
  region: {
    title: "Where do you vote?",
    hint: "Your region is on your voter card.",
    missing: "Choose your region to continue.",
    change: "Change region",
  },
  ballot: {
    title: "Your ballot",
    hintLaw: "Mark one box.",
    hintSingle: "Mark one name.",
    hintRanked: (most: number) => `Rank up to ${plural(most, "name", "names")} in order of preference. One is enough.`,
    yes: "Yes",
    no: "No",
    blank: "Blank ballot",
    blankHint: "It is counted, but for nobody.",
    independent: "Independent",
    withdrawn: "Withdrawn",
    about: (name: string) => `About ${name}`,
    noBiographies: "What candidates say of themselves could not be loaded. You can vote without it.",
    unmarked: (hint: string) => `Your ballot is not filled in yet. ${hint}`,
    withdrawnMarked: "Somebody you chose has withdrawn. Choose again.",
    immediate: "Results of this vote change with every ballot: whoever knows when you vote could tell how.",
    opening: "What this vote is about was fixed and signed beforehand",
    openingNumber: "Its number, to be compared with the one that was published:",
  },
  choose: {
    hint: (most: number) =>
      most === 1 ? "Mark one name." : `Mark up to ${plural(most, "name", "names")}. One is enough.`,
    hintAll: "Mark as many names as you like. One is enough.",
    seats: (seats: number) => `${plural(seats, "person", "people")} will be elected.`,
    marked: (marked: number, most: number) => `Marked: ${count(marked)} of up to ${count(most)}.`,
    full: (most: number, name: string) =>
      `This ballot allows ${plural(most, "name", "names")}, so ${name} is not marked. Unmark another name first.`,
  },
  ranked: {
    yours: "Your ranking",
    others: "Not ranked",
    empty: "Nobody yet. Choose a name below to rank it first.",
    rank: (rank: number) => `Rank ${formatRank("en", rank)}`,
    rankOf: (name: string) => `Rank of ${name}`,
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    remove: (name: string) => `Remove ${name} from the ranking`,
    full: (most: number) => `You have ranked ${count(most)}, the most this ballot allows.`,
    placed: (name: string, rank: number) => `${name} is now your ${formatRank("en", rank)} choice.`,
    order: (names: string) => sentences`Your order: ${names}.`,
    nobody: "You have ranked nobody.",
    move: (name: string) => `Drag ${name}, or move with the arrow keys`,
    removed: (name: string) => `${name} is no longer ranked.`,
  },
  identity: {
    title: "Who are you?",
    why: "This shows that you are on the electoral roll. It is never stored with your choice.",
    wrong: "This does not look right. Check it against your card.",
    summary: "Some fields need your attention.",
    review: "Review my choice",
  },
  review: {
    title: "Is this your choice?",
    question: "To the question",
    answer: "you answer",
    region: "In the region of",
    candidate: "you vote for",
    candidates: (names: number) => `you vote for ${plural(names, "name", "names")}`,
    ranking: "you rank",
    blank: "a blank ballot",
    seal: "Your choice is sealed on this device. Nobody can read it before it is counted, and nobody can see that it was yours.",
    final: "Once it is in the box, it cannot be changed.",
    change: "Change my choice",
    cast: "Cast my ballot",
  },
};

export type VoteMessages = typeof voteEn;
