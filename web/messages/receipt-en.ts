import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";

const { plural } = countsIn("en");

export const receiptEn = {
  waiting: {
    title: "Your sealed ballot is still here",
    what: (clock: string) =>
      `A ballot was sealed here at ${clock}, and the page was reloaded before the voting service confirmed it.`,
    send: "Your details are never stored, so please type them again. The same ballot is sent: even if it had already arrived, it is counted only once.",
    sendIt: "Send this ballot",
    throwAway: "Discard it",
    notYours: "If it is not yours, discard it. If its voter has already sent it, it still counts.",
    lead: "you cast the ballot that was",
    sealed: (clock: string) => `sealed at ${clock}`,
  },
  stub: {
    sealing: "Sealing your ballot",
    sending: "Sending your sealed ballot",
    offline: "No connection. Your sealed ballot is kept on this page and is sent as soon as you are back online.",
    busy: "The voting service is busy. Your sealed ballot is kept on this page and is sent again in a moment; it is counted once, however often it is sent.",
    challenged:
      "Many ballots come from your network, so the service wants to see that a browser sends yours. Open this page in a second tab too; your sealed ballot is then sent from here by itself.",
    keepOpen: "Keep this page open until then.",
    waitingTitle: "Your ballot is on its way",
    queuedTitle: "Your ballot is in the queue",
    queued: "You can close this page; it will be counted.",
    slow: "The queue is longer than usual. Your place in it is kept, and the time that counts is when you cast your ballot.",
    unheard: "There is no connection right now, so there is no news. Your ballot has arrived all the same.",
    castAt: (cast: string, asked: string) => `Cast at ${cast}, last checked at ${asked}: still in the queue.`,
    resume: "To see the outcome later, keep a link to this page, and keep it to yourself: it leads to your receipt.",
    copyLink: "Copy the link",
    acceptedTitle: "Your ballot is in the box",
    accepted: "It is counted with the others within seconds.",
    duplicateTitle: "You had already voted",
    duplicate: "A ballot from you was already in the box. This second one was not counted; the first one stands.",
    attempts: (attempts: number) =>
      `${plural(attempts, "ballot was", "ballots were")} received from you, including the first.`,
    duplicateAdvice: (contact: string) =>
      sentences`If you cast the first one, all is well and there is nothing to do. If you did not, call ${contact}.`,
    invalidTitle: "This ballot was not counted",
    unmatched: (fields: string) =>
      sentences`We could not match these against the electoral roll: ${fields}. Check each against your card; we do not say which one is wrong, so that nobody can find the rest by guessing.`,
    wrongRegion:
      "You are on the roll of another region. Check the region on your voter card and vote there; your right to vote is not used up.",
    unmatchedAdvice: (contact: string) =>
      sentences`If they are as on your card, call ${contact}. Your right to vote is not used up.`,
    struckAdvice: (contact: string) => `If you did not expect this, call ${contact} before voting closes.`,
    checkAgain: "Check what I typed",
    refusedTitle: "This ballot was refused",
    refused: "The voting service refused this ballot. Your right to vote is not used up.",
    unsealableTitle: "The ballot cannot be sealed here",
    unsealable:
      "Nothing was sent. Reload this page; if that does not help, update your browser, or vote with another one.",
    unknownTitle: "This ballot cannot be found",
    unknown: (contact: string) =>
      sentences`The voting service does not know this link. It may be incomplete: copy all of it. With a tracking code you can check whether a ballot is in the box; if in doubt, call ${contact}.`,
    done: "I have finished",
    doneHint: "On a device that others use, choose “I have finished”: nothing of your ballot stays on it.",
    alteredNoted: "I have noted both codes",
    unconfirmedTitle: "Your ballot is not confirmed",
    unconfirmed: (contact: string) => sentences`The voting service names another ballot than yours. Call ${contact}.`,
    alteredTitle: "Do not rely on this ballot",
    altered: (sealed: string, received: string, contact: string) =>
      sentences`You sealed ballot ${sealed}, but the server says it received ballot ${received}. It may have been altered on the way. Note both codes and call ${contact}.`,
  },
  receipt: {
    another: "Another vote is open:",
    castOn: (when: string) => `Cast on ${when}`,
    address: (address: string) => `With this code, anyone can check this ballot at ${address}`,
    trackingCode: "Tracking code",
    hint: "Keep it: with it you can check that this ballot is in the box, unchanged.",
    secret: {
      public:
        "Keep it to yourself: once the vote is over and the box is published for anyone to recount, this code leads to your choice.",
      auditors: "It does not reveal how you voted.",
    },
    copy: "Copy",
    copied: "Copied.",
    notCopied: "This browser did not let the page copy. Write the code down, or print it.",
    print: "Print",
    download: "Download",
    qr: "QR code of the page that checks this ballot",
    check: "Check my ballot",
    file: (title: string, when: string, code: string, address: string) =>
      `${title}\n${when}\nTracking code: ${code}\n\nCheck that this ballot is in the box:\n${address}\n`,
  },
};

export type ReceiptMessages = typeof receiptEn;
