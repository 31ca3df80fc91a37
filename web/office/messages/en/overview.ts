import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";

const { plural } = countsIn("en");

/** What needs doing, by the state of each election. */
export const overview = {
  title: "Overview",
  none: "There is no election yet.",
  toElections: "Go to the elections",
  group: {
    open: "Open now",
    closed: "Closed, to be certified",
    coming: "Coming",
    drafts: "Drafts",
    certified: "Certified",
    cancelled: "Cancelled",
  },
  test: "Rehearsal",
  what: {
    open: (when: string, voters: number) => sentences`Until ${when}. ${plural(voters, "voter", "voters")} on the roll.`,
    closed: (when: string) => sentences`Voting closed on ${when}.`,
    coming: (when: string, voters: number) =>
      sentences`Opens on ${when}. ${plural(voters, "voter", "voters")} on the roll.`,
    emptyRoll: (when: string) => sentences`Opens on ${when}. Nobody is on its roll yet.`,
    draft: (when: string, by: string) => sentences`Saved on ${when} by ${by}.`,
    past: (when: string) => sentences`Voting closed on ${when}.`,
  },
  act: {
    open: "Polling day",
    closed: "After closing",
    coming: "Look it over",
    emptyRoll: "Enrol voters",
    draft: "Go on with it",
    past: "Look it up",
  },
  jobs: "Under way",
};
export type OverviewWords = typeof overview;
