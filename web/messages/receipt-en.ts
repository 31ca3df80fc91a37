import { countsIn } from "#web/format.ts";

const { plural } = countsIn("en");

export const receiptEn = {
  waiting: {
    title: "Your sealed ballot is still here",
    what: (clock: string) =>
      `A ballot was sealed here at ${clock}, and the page was loaded again before the voting service confirmed it.`,
    send: "Who you are is never kept, so type it once more. The very same ballot goes out: if it had arrived after all, it is still counted once.",
    sendIt: "Send this ballot",
    throwAway: "Throw it away",
    notYours: "If it is not yours, throw it away. Should its voter have sent it already, it is counted all the same.",
    lead: "you cast the ballot that was",
    sealed: (clock: string) => `sealed at ${clock}`,
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
    unheard: "There is no connection now, so there is no news. Your ballot has arrived all the same.",
    castAt: (cast: string, asked: string) => `Cast at ${cast}, asked after at ${asked}: still in the queue.`,
    resume: "To see the outcome later, keep a link to this page, and keep it to yourself: it leads to your receipt.",
    copyLink: "Copy the link",
    acceptedTitle: "Your ballot is in the box",
    accepted: "It is counted with the others within seconds.",
    duplicateTitle: "You had already voted",
    duplicate: "A ballot from you was already in the box. This second one was not counted; the first one stands.",
    first: (when: string) => `The first one was received on ${when}.`,
    attempts: (attempts: number) =>
      `${plural(attempts, "ballot was", "ballots were")} received from you, the first one included.`,
    duplicateAdvice: (contact: string) =>
      `If you cast the first one, all is well and there is nothing to do. If you did not, call ${contact}.`,
    invalidTitle: "This ballot was not counted",
    unmatched: (fields: string) =>
      `We could not match these against the electoral roll: ${fields}. Check each against your card; we do not tell which one was wrong, so that nobody can find the rest by trying.`,
    wrongRegion:
      "You are on the roll of another region. Check the region on your voter card and vote there; your right to vote is not used up.",
    unmatchedAdvice: (contact: string) =>
      `If they are as on your card, call ${contact}. Your right to vote is not used up.`,
    checkAgain: "Check what I typed",
    refusedTitle: "This ballot was not taken",
    refused: "The voting service did not take this ballot. Your right to vote is not used up.",
    unsealableTitle: "This browser could not seal the ballot",
    unsealable:
      "Nothing was sent. Load this page again; if that does not help, update your browser or use another one, and vote from there.",
    unknownTitle: "There is no news of this ballot",
    unknown: (contact: string) =>
      `The voting service does not know this link. It may be cut short: copy it whole. With a tracking code you can check whether a ballot is in the box; if in doubt, call ${contact}.`,
    done: "I have finished",
    doneHint: "On a device that others use, choose “I have finished”: nothing of your ballot stays on it.",
    alteredTitle: "Do not rely on this ballot",
    altered: (sealed: string, received: string, contact: string) =>
      `You sealed ballot ${sealed}, but the server says it received ballot ${received}. It may have been altered on its way. Note both codes and call ${contact}.`,
  },
  receipt: {
    trackingCode: "Tracking code",
    hint: "Keep it: with it you can check that this ballot is in the box, unchanged.",
    secret: {
      public:
        "Keep it to yourself: once the vote is over and the box is published for all to recount, this code leads to your choice.",
      auditors: "It does not tell how you voted.",
    },
    copy: "Copy",
    copied: "Copied.",
    notCopied: "This browser did not let the page copy. Write the code down, or print it.",
    print: "Print",
    download: "Download",
    qr: "QR code of the page that checks this ballot",
    check: "Check my ballot",
    file: (title: string, code: string, address: string) =>
      `${title}\n\nTracking code: ${code}\n\nCheck that this ballot is in the box:\n${address}\n`,
  },
  check: {
    title: "Check my ballot",
    why: "Type the tracking code from your receipt to see whether your ballot is in the box.",
    code: "Tracking code",
    hint: "20 letters and digits, in capitals or not, with or without spaces.",
    privacy:
      "The code goes to the voting service and to nobody else. It is not kept, and it does not tell who you are.",
    invalid: "A tracking code has 20 characters: the letters A to Z and the digits 2 to 7. Compare with your receipt.",
    look: "Look for it",
    again: "Look again",
    looking: "Looking in the box",
    inTheBoxTitle: "Your ballot is in the box",
    inTheBox: (title: string) => `It was cast in this vote: ${title}. It is there as you sealed it, and it is counted.`,
    notYetTitle: "Not yet",
    notYet: "Your ballot is in the queue. It will be counted; look again in a moment.",
    soon: "Your ballot is accepted. The list that this page looks in shows it within a minute.",
    absentTitle: "Not in the box",
    mayComeTitle: "Not in the box yet",
    mayCome: "No ballot with this code is there. If you cast it a moment ago, look again in a minute.",
    absent: "No ballot with this code is in the box.",
    compare: "Compare each character with your receipt: G and 6, S and 5, Z and 2 look alike.",
    advice: (contact: string) =>
      `If the code is right and your receipt said that your ballot is in the box, call ${contact}, and have this code at hand.`,
  },
};

export type ReceiptMessages = typeof receiptEn;
