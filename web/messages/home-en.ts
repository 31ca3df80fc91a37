export const homeEn = {
  notices: {
    open: "Open now",
    upcoming: "Upcoming",
    closed: "Closed",
    cancelled: "Cancelled",
    nothing: "Nothing is being voted on right now.",
    left: (time: string) => `${time} left`,
    lessThanAMinuteLeft: "Less than a minute left",
    untilOpening: (time: string) => `Opens in ${time}`,
    opensInAMoment: "Opens in less than a minute",
    opensOn: (when: string) => `Voting opens on ${when}`,
    closesOn: (when: string) => `Voting closes on ${when}`,
    turnout: (share: string) => `Turnout ${share}`,
    updated: (clock: string) => `Updated at ${clock}`,
    results: "Results",
    kind: {
      referendum: "Referendum",
      single_choice: "Election",
      choose: "Election",
      ranked_choice: "Ranked election",
      stv: "Ranked election",
    },
  },
};

export type HomeMessages = typeof homeEn;
