import { CONTACT, type Contest, EVERYWHERE, inBoth } from "#load/rehearsal/contests/contest.ts";

/**
 * A law that needs two thirds, and half of the roll. Both are reached to the ballot: 40 of 60, and 63 ballots of 126 on the roll, from which
 * somebody was removed during the day. Two who voted on paper stay on it, and are no ballots here.
 */
export const law: Contest = {
  electionId: "law",
  definition: {
    votingMethod: "referendum",
    title: inBoth("Bridges Act"),
    contact: CONTACT,
    question: inBoth("Do you agree?"),
    quorum: 0.5,
    requiredMajority: { kind: "at-least", share: "2/3" },
    allowBlank: true,
  },
  roll: { [EVERYWHERE]: 127 },
  morning: [
    [EVERYWHERE, 1, "blank"],
    [EVERYWHERE, 30, "oui"],
    [EVERYWHERE, 1, "copy"],
  ],
  afternoon: [
    [EVERYWHERE, 10, "oui"],
    [EVERYWHERE, 20, "non"],
    [EVERYWHERE, 1, "spoiled"],
  ],
  inVain: { duplicates: 2, strangers: 1, astray: 0 },
  // Extended, taken back.
  acts: {
    signed: { times: 2, rolls: 3, withdrawals: 0, corrections: 0, lots: 0 },
    recorded: { "roll import": "1 to 127", "roll remove": "1 to 1", "roll voted-elsewhere": "2 to 2" },
  },
  results: {
    all: {
      status: "closed",
      "votes for oui": 40,
      "votes for non": 20,
      "shares, %": "66.67, 33.33",
      valid: 60,
      blank: 1,
      spoiled: 2,
      turnout: "63 of 126, 50 %",
      "voted elsewhere": 2,
      verdict: "adopted, by 20",
    },
    byRegion: {},
  },
  certified: {
    counts: { onRoll: 126, cast: 63, counted: 60, blank: 1, spoiled: 2, setAside: 0, duplicates: 2, invalid: 1 },
    onRoll: { [EVERYWHERE]: 126 },
    struck: { reissued: 0, removed: 1, moved: 0, "voted-elsewhere": 2 },
    unopened: 2,
  },
  verified: 2,
  audit: "3 codes struck off, 63 accepted and 3 rejected attempts",
};
