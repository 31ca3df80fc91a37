import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";

const { count } = countsIn("en");

/** One ballot is told as one: some papers have a single open question. */
const ballots = (number: number): string => (number === 1 ? "Your ballot is" : "Your ballots are");

export const paperEn = {
  paper: {
    question: (at: number, of: number) => `Question ${at} of ${of}`,
    leaveOut: "Leave this question out",
    leftOut: "You leave this question out.",
    voteOnIt: "Vote on this question",
    notHere: "No voting now on",
    review: "Review my choices",
    reviewTitle: "Are these your choices?",
    seal: "Each choice is sealed by itself on this device. Nobody can read it before it is counted, and nobody can see that it was yours.",
    cast: (number: number) => (number === 1 ? "Cast my ballot" : `Cast my ${count(number)}\u00a0ballots`),
    title: {
      moving: (number: number) => `${ballots(number)} on the way`,
      queued: (number: number) => `${ballots(number)} in the queue`,
      accepted: (number: number) => `${ballots(number)} in the box`,
      amiss: (number: number): string =>
        number === 1 ? "This ballot is not in the box" : "Not all of these ballots are in the box",
    },
    inTheBox: (accepted: number, of: number) => `In the box: ${count(accepted)} of ${count(of)}.`,
    amiss: (titles: string) => sentences`Look below at ${titles}.`,
    queued: "You can close this page; what is in the queue will be counted.",
    notCast: "No ballot has been cast for this question.",
    castIt: "Cast this ballot",
    again: "Send this ballot again",
    now: "Try now",
    hint: "Keep these codes: with each you can check that its ballot is in the box, unchanged.",
    secret: {
      public:
        "Keep them to yourself: once the vote is over and the box is published for anyone to recount, these codes lead to your choices.",
      auditors: "They do not reveal how you voted.",
    },
  },
};

export type PaperMessages = typeof paperEn;
