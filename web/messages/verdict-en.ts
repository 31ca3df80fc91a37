import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";

const { count, plural } = countsIn("en");

/** Who won or leads, in one sentence that can be quoted, and what goes with it. */
export const verdictEn = {
  ofVotes: (share: string, votes: number) =>
    votes === 1 ? `${share} of the one valid vote` : `${share} of ${count(votes)}\u00a0valid votes`,
  ofBallots: (share: string, ballots: number) =>
    ballots === 1 ? `${share} of the one valid ballot` : `${share} of ${count(ballots)}\u00a0valid ballots`,
  inRound: (share: string, votes: number, round: number) =>
    `${share} of ${plural(votes, "vote", "votes")} in round\u00a0${count(round)}`,
  points: (digits: string, _points: number) => `${digits}\u00a0points`,
  law: {
    adopted: (share: string) => `The law is adopted with ${share}`,
    rejected: (share: string) => `The law is rejected: Yes has ${share}`,
    noVotes: "The law is rejected: there is no valid vote",
    needed: {
      "more-than": (share: string) => ` and needed more than ${share}`,
      "at-least": (share: string) => ` and needed at least ${share}`,
    },
    soFar: (share: string) => `So far Yes has ${share}`,
    needs: {
      "more-than": (share: string) => ` and needs more than ${share}`,
      "at-least": (share: string) => ` and needs at least ${share}`,
    },
    quorum: (quorum: string) => `; the quorum of ${quorum} is reached`,
    quorumMissed: (share: string, onRoll: number, quorum: string) =>
      `The law is not adopted: ${share} of ${plural(onRoll, "voter", "voters")} on the roll voted, and the quorum of ${quorum} is not reached`,
    quorumNotReached: (quorum: string) => `The law is not adopted: the quorum of ${quorum} is not reached`,
    quorumSoFar: (share: string, quorum: string) => `; ${share} have voted, and the quorum is ${quorum}`,
    missing: (votes: number) => `Among these votes, ${count(votes)}\u00a0more would have to be Yes.`,
    missingInEnd: (votes: number) => `Among these votes, ${count(votes)}\u00a0more had to be Yes.`,
    missingBallots: (ballots: number) => `${plural(ballots, "more ballot is", "more ballots are")} needed.`,
    missingBallotsInEnd: (ballots: number) => `${plural(ballots, "more ballot was", "more ballots were")} needed.`,
    line: {
      "more-than": (share: string) => `Needed: more than ${share}`,
      "at-least": (share: string) => `Needed: at least ${share}`,
    },
    quorumLine: (share: string) => `Quorum: ${share}`,
  },
  /** Votes, and the same in points. */
  lead: (votes: number, points: string) => `${plural(votes, "vote", "votes")} (${points})`,
  ahead: (lead: string, next: string) => `, ${lead} ahead of ${next}`,
  alone: "; nobody else has a vote",
  each: (votes: number, share: string) => `with ${plural(votes, "vote", "votes")} each, ${share}`,
  final: {
    elected: (name: string, share: string) => `${name} is elected with ${share}`,
    byLot: (name: string, names: string, each: string) => `${name} is elected by lot: ${names} are tied ${each}`,
    tie: (names: string, each: string) => `${names} are tied ${each}: nobody is elected`,
    tieOverElimination: (names: string, round: number) =>
      `Nobody is elected: ${names} are tied over an elimination in round\u00a0${count(round)}, on which the result depends`,
    several: (names: string, filled: number, seats: number) =>
      `${names} ${filled === 1 ? "is" : "are"} elected to ${filled === seats ? "the" : `${count(filled)} of`} ${plural(seats, "seat", "seats")}`,
    filled: (filled: number, seats: number) =>
      filled === seats
        ? `All ${count(seats)}\u00a0seats are filled`
        : `${count(filled)} of ${plural(seats, "seat", "seats")} are filled`,
    noVotes: "Nobody is elected: no ballot names anybody",
  },
  soFar: {
    elected: (name: string, share: string) => `So far ${name} leads with ${share}`,
    byLot: (name: string, names: string, each: string) => `So far ${name} leads by lot: ${names} are tied ${each}`,
    tie: (names: string, each: string) => `So far ${names} are tied ${each}`,
    tieOverElimination: (names: string, round: number) =>
      `So far ${names} are tied over an elimination in round\u00a0${count(round)}, on which the result depends`,
    several: (names: string, filled: number, seats: number) =>
      `So far ${names} ${filled === 1 ? "leads" : "lead"} for ${filled === seats ? "the" : `${count(filled)} of`} ${plural(seats, "seat", "seats")}`,
    filled: (filled: number, seats: number) =>
      `So far somebody leads for ${filled === seats ? "all" : `${count(filled)} of`} ${plural(seats, "seat", "seats")}`,
    noVotes: "No vote has been counted yet",
  },
  wouldWin: (name: string, share: string) => `So far ${name} would be elected with ${share}`,
  lastAhead: (last: string, lead: string, next: string) => `; ${last} is ${lead} ahead of ${next}`,
  open: (names: string, seats: number) =>
    `; ${names} are tied for the last ${seats === 1 ? "seat" : `${count(seats)}\u00a0seats`}`,
  openOverElimination: (names: string, seats: number) =>
    `; a tie over an elimination, between ${names}, leaves ${plural(seats, "seat", "seats")} open`,
  votes: (name: string, votes: number) => `${name} (${count(votes)})`,
  inOrder: (names: string) => sentences`Most votes first: ${names}.`,
  inOrderOfRounds: (names: string) => sentences`In the order of election: ${names}.`,
  inItsRound: (name: string, round: number) => `${name} (round\u00a0${count(round)})`,
  quota: (quota: number, valid: number) =>
    `The quota is ${count(quota)} of ${plural(valid, "valid vote", "valid votes")}.`,
  exhausted: (ballots: number) =>
    `${plural(ballots, "ballot is", "ballots are")} exhausted: nobody ranked on ${ballots === 1 ? "it" : "them"} is still in.`,
  withdrew: (names: string) => sentences`Withdrawn, but counted by the rules of this election: ${names}.`,
  turnout: (share: string, of: string) => sentences`Turnout: ${share}, ${of}.`,
  ofRoll: (ballots: number, onRoll: number) => `${count(ballots)} of ${count(onRoll)}`,
  firstChoices: "First choices",
  counting: "Voting has closed. The last ballots are being counted.",
  majorityLine: (share: string) => `Majority: more than ${share}`,
  quotaLine: (votes: number) => `Quota: ${count(votes)}`,
  seatsAhead: (seats: number, next: string) => sentences`${plural(seats, "seat", "seats")} more than ${next}.`,
  seats: (seats: number) => plural(seats, "seat", "seats"),
};

export type VerdictMessages = typeof verdictEn;
