import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";

const { count } = countsIn("en");

export const checkEn = {
  check: {
    why: "Type the tracking code from your receipt to see whether your ballot is in the box.",
    code: "Tracking code",
    hint: "20 letters and digits, in upper or lower case, with or without spaces.",
    privacy: "The code is sent only to the voting service. It is not stored, and it does not reveal who you are.",
    wrongLength: (length: number) =>
      sentences`A tracking code has 20 characters; ${length === 0 ? "there are none yet" : `this one has ${count(length)}`}. Compare with your receipt.`,
    wrongCharacter: (character: string) =>
      `“${character}” occurs in no tracking code: they are made of the letters A to Z and the digits 2 to 7. Compare with your receipt.`,
    look: "Look for it",
    again: "Look again",
    looking: "Looking in the box",
    inTheBoxTitle: "Your ballot is in the box",
    inTheBox: (title: string) =>
      sentences`It was cast in this vote: ${title}. It is there exactly as you sealed it, and it is counted.`,
    inTheCancelledBox: (title: string) =>
      sentences`It was cast in this vote: ${title}. It stays sealed: this vote was cancelled, and no ballot is counted.`,
    certifiedTitle: "Your ballot is in the certified box",
    inTheCertifiedBox: (title: string) =>
      sentences`It was cast in this vote: ${title}. Its result is certified, and your ballot is among those that were certified.`,
    certified: {
      "set-aside": (title: string) =>
        sentences`In this vote: ${title}. It was set aside when the result was certified, as one that no voter cast.`,
      missing: (title: string) => sentences`In this vote: ${title}. It is not among the ballots that were certified.`,
      unknown: (title: string) =>
        sentences`In this vote: ${title}. Its result is certified, but the list of certified ballots could not be read: try again.`,
    },
    notYetTitle: "Not yet",
    notYet: "Your ballot is in the queue. It will be counted; look again in a moment.",
    soon: "Your ballot is accepted. Within a minute it will be in the list that this page searches.",
    absentTitle: "Not in the box",
    mayComeTitle: "Not in the box yet",
    mayCome: "There is no ballot with this code. If you cast it a moment ago, look again in a minute.",
    absent: "No ballot with this code is in the box.",
    compare: "Compare each character with your receipt: G and 6, S and 5, Z and 2 look alike.",
    advice: (contact: string) =>
      `If the code is right and your receipt said that your ballot is in the box, call ${contact}, and have this code at hand.`,
  },
};

export type CheckMessages = typeof checkEn;
