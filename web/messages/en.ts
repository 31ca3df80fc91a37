import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import { receiptEn } from "#web/messages/receipt-en.ts";
import { turnoutOfEn } from "#web/messages/turnout-en.ts";
import { voteEn } from "#web/messages/vote-en.ts";
import type { TextName } from "#web/texts/text-names.ts";

const { plural } = countsIn("en");

/** The French catalogue has the same keys, by its type. */
export const en = {
  site: {
    name: "Scrutin",
    skip: "Skip to content",
    home: "What is being voted on",
    language: "Language",
    footer: "Your choice is sealed on your device. Anyone can check the count.",
    loading: "Loading",
    error: (title: string) => `Error: ${title}`,
    pause: "Pause updates",
    resume: "Resume updates",
    pages: "Pages of this site",
    check: "Check my ballot",
    monitor: "Watch the vote live",
    text: { help: "Help", privacy: "Privacy", accessibility: "Accessibility" } satisfies Record<TextName, string>,
  },
  failure: {
    title: "This page could not be loaded",
    unreachable: "There is no connection to the voting service. Nothing you did is lost.",
    retry: "Try again",
    notFoundTitle: "There is nothing at this address",
    notFound: "The link may be incomplete or out of date. The home page lists what is being voted on.",
    unknownElection: "This vote does not exist. The link may be incomplete or out of date.",
    toHome: "See what is being voted on",
  },
  home: {
    title: "What is being voted on",
    opens: (distance: string) => `Opens ${distance}`,
    closes: (distance: string) => `Closes ${distance}`,
    unstated: "Voting opens once what it is about has been stated and signed.",
    closedOn: (when: string) => sentences`Voting closed on ${when}.`,
    turnoutOf: turnoutOfEn,
    vote: "Vote",
    about: (link: string, title: string) => `${link}: ${title}`,
    questions: (questions: number) => `${plural(questions, "question", "questions")}, one visit`,
  },
  office: "the election office, at the number on your voter card",
  ...voteEn,
  ...receiptEn,
};

export type Messages = typeof en;
