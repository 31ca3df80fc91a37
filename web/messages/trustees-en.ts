import { sentences } from "#core/sentences.ts";

/** Loaded where trustees hold the key together. */
export const trusteesEn = {
  words: {
    title: "Six words to compare",
    why: "The trustees who keep the key read these six words aloud when they made it. If they published the same ones, your ballot is sealed for their key and no other.",
  },
  identity:
    "The code on your card makes a key on this device, which signs your ballot. Number and code are sent to nobody.",
  seal: "Your choice is sealed on this device. Nobody can open a single ballot: the trustees open all of them together, mixed, after voting.",
  toSeal: "Seal my ballot",
  sealing: "Sealing your ballot",
  sealedTitle: "Your ballot is sealed",
  sealed: "Nothing is sent yet. Keep this tracking code: note it, or scan it with a second device.",
  codeQr: "QR code of the tracking code, for the page that tests devices",
  sayTest:
    "You can cast this ballot, or test with it whether this device did as you told it. A tested ballot is opened and never counted; you then mark a new one.",
  cast: "Cast my ballot",
  test: "Test this device",
  opening: "Opening the ballot for the test",
  openedTitle: "This ballot is open",
  opened: "It is only for the test and can no longer be cast. Your right to vote is not used up.",
  steps: [
    "On a second device, which has the tracking code from before, scan this code or open the link.",
    "It makes the ballot again and shows a choice and a tracking code.",
    "Both must be yours. If not, do not vote on this device.",
  ],
  openedQr: "QR code of the link that opens this ballot on a second device",
  openedLink: "Copy the link",
  openedSecret: "The link shows this test choice to whoever has it.",
  testPage: "The page that tests devices",
  testPageElsewhere:
    "It is one file, which parties and newspapers may offer too. The trustees signed its SHA-256 beforehand:",
  again: "Mark a new ballot",
  notOnRoll: "This card is not on the roll of this vote. Compare number and code with the card.",
  notOnRollAdvice: (contact: string) =>
    sentences`If they are as on your card, call ${contact}. Your right to vote is not used up.`,
  otherRegion: "This card is for another region. Vote in the region that is on it; your right to vote is not used up.",
  proof: {
    title: "Proof that it was received",
    what: "The voting service signed that it has this ballot. Should the ballot ever be missing from the box, this file proves it. It does not tell how you voted.",
    save: "Save the proof",
  },
  accepted: "It is opened and counted with all the others after voting.",
  faults: {
    title: "You cannot vote on this page",
    question: (contact: string) =>
      sentences`What this page asks is not what the trustees signed before the vote. Nothing was sent. Call ${contact}.`,
    ceremony: (contact: string) =>
      sentences`The key on this page is not the one that the trustees made and signed. Nothing was sent. Call ${contact}.`,
  },
  check: {
    title: "What this code proves",
    proves:
      "A code in the box shows that your ballot is there as you sealed it. It tells nobody how you voted, you included: ballots are mixed before they are opened.",
    tested: "A ballot that you opened to test a device is never in the box.",
    card: "After the result is certified, everybody can check whether a ballot was cast with their card, those who stayed at home included:",
    command: (bundle: string) => `scrutin verify ${bundle}/ --card NUMBER`,
    asks: "It asks for the code on the card and sends it nowhere.",
  },
};

export type TrusteesMessages = typeof trusteesEn;
