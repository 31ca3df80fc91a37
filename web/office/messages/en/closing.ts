import type { JobKind } from "#core/office-jobs.ts";
import { sentences } from "#core/sentences.ts";
import type { ClosingCheck } from "#functions/office/closing/contract.ts";
import { countsIn } from "#web/format.ts";

const { plural } = countsIn("en");

type CheckWords = Record<ClosingCheck["check"], Record<ClosingCheck["state"], string>>;

/** Stating the opening, and what follows the closing. */
export const officeClosing = {
  title: "After closing",
  stale: "No connection: what is shown may be out of date.",
  busy: "Wait until what is under way has ended.",
  phase: {
    upcoming: (closes: string) => sentences`Voting has not opened. It closes on ${closes}.`,
    open: (closes: string) => sentences`Voting is open until ${closes}. What follows can be done afterwards.`,
    closed: (closes: string) => sentences`Voting closed on ${closes}.`,
    cancelled: (_: string) => "This vote was cancelled: nothing is counted.",
  },
  kind: {
    "open-statement": "Stating the opening",
    recount: "Recount",
    certify: "Certifying",
    publish: "Publishing",
    shred: "Destroying the pepper",
    delete: "Deleting",
    "forget-counts": "Taking out the counts",
  } satisfies Record<JobKind, string>,
  opening: {
    title: "Opening statement",
    why: (voters: number) =>
      `Before anybody can vote, the definition, the key that ballots are sealed to and the roll (${plural(voters, "voter", "voters")}) are fixed and signed. If nobody does it, it is done when voting opens.`,
    fixes: (voters: number) =>
      `From then on only the closing can move, and each change is signed. The roll has ${plural(voters, "voter", "voters")}.`,
    act: "State the opening",
    publish:
      "Publish these two in another place before voting opens, such as the official gazette: by them anybody can tell that nothing was changed since.",
    sha256: "SHA-256 of the opening statement",
    fingerprint: "Fingerprint of the signing key",
    newest: "SHA-256 of the newest change since; publish it too",
  },
  checks: {
    title: "Before certifying",
    state: { met: "(done)", unmet: "(not yet)", advised: "(advised)", unknown: "(not looked at yet)" },
    of: {
      stated: {
        met: "The opening was stated.",
        unmet: "The opening was never stated, so nobody could vote.",
        advised: "The opening is not stated.",
        unknown: "Whether the opening was stated.",
      },
      "roll-complete": {
        met: "No import of the roll is unfinished.",
        unmet:
          "An import of the roll has not ended: import the file again in the roll’s room, or sign the roll as it is.",
        advised: "An import of the roll has not ended.",
        unknown: "Whether imports of the roll have ended.",
      },
      closed: {
        met: "Voting has ended.",
        unmet: "Voting has not ended.",
        advised: "Voting has not ended.",
        unknown: "Whether voting has ended.",
      },
      "minute-passed": {
        met: "A minute has passed since.",
        unmet: "A minute must pass after closing. This turns green by itself.",
        advised: "A minute must pass after closing.",
        unknown: "A minute must pass after closing.",
      },
      "votes-decided": {
        met: "Every ballot in the queue is decided.",
        unmet: "Ballots wait in the queue. This turns green once they are decided.",
        advised: "Ballots wait in the queue.",
        unknown: "Whether ballots wait in the queue.",
      },
      "none-set-aside": {
        met: "No message of this vote is set aside.",
        unmet: "Messages are set aside: send them again from the polling-day room.",
        advised: "Messages are set aside.",
        unknown: "Whether messages are set aside.",
      },
      "no-tie": {
        met: "No tie needs a lot.",
        unmet: "A tie needs a lot.",
        advised: "There is a tie that no rule breaks: draw a lot below, or certify the tie as it is.",
        unknown: "Whether a tie needs a lot.",
      },
      recounted: {
        met: "The counts agree with the ballot box.",
        unmet: "The counts differ from the ballot box: replace them by what the box says, and find out why.",
        advised: "Not recounted since closing. Certifying compares them too; a recount says it beforehand.",
        unknown: "Whether the counts agree with the ballot box.",
      },
    } satisfies CheckWords,
  },
  recount: {
    act: "Recount",
    what: "Every stored ballot is opened and counted again, and compared with the counts. Nothing is changed.",
    swap: "Replace the counts",
    swapWhat: "Counts that differ are replaced by what the ballot box says. It is recorded under your name.",
  },
  lots: {
    title: "Lots",
    why: "Draw in public, with witnesses, then record the order here. It is signed, and cannot be taken back.",
    tie: "Tie",
    order: "In the order in which they were drawn: the first wins, the last goes out",
    drawn: (name: string, place: number) => `${name}: number ${place}`,
    again: "Start again",
    orderMissing: "Choose all of them, in the order in which they were drawn.",
    witnesses: "Witnesses",
    witnessesHint: "One name a line.",
    witnessesMissing: "Name who watched the drawing.",
    act: "Record the lot",
  },
  certify: {
    title: "Certify",
    ready: "Everything is ready.",
    notYet: "Not yet: see what is not done in the list above.",
    what: "The ballot box is sorted, without its voters, counted once more, and signed. That takes some minutes for a large box; you can leave this page.",
    act: "Certify the result",
    again: "Certify again",
    done: (instant: string) => sentences`Certified on ${instant}.`,
    elsewhere: "It was certified at the command line: its files are where that was done, and are published from there.",
  },
  publish: {
    title: "Publish",
    notYet: "The certified result is not on the site yet.",
    what: "Everybody can then download the files and check them, and the results page says that the result is certified.",
    act: "Publish on the site",
    done: (instant: string) => sentences`On the site since ${instant}.`,
    see: "See the results page",
  },
  shred: {
    title: "Destroy the pepper",
    why: "The ballot box names nobody: it holds hashes, made with a secret, the pepper. Finding anybody’s ballot would take the pepper and the ballots’ key together, and no part of the system reads both. Once the legal period for complaints is over, destroy the pepper: then no keys suffice.",
    what: "From then on no hash leads to a person, whichever keys somebody holds: neither to a ballot, nor to who voted. Copies of the pepper that were made earlier are not reached. It cannot be undone.",
    act: "Destroy for ever",
    done: "The pepper is destroyed: no hash leads to a person any more.",
  },
  bundle: {
    title: "Certified files",
    file: "File",
    size: "Size",
    act: "Download all as a ZIP file",
    making: "Downloading",
    failed: "The download broke off. Try again.",
    notYours: "Officers and auditors may download them. Everybody can, once they are published.",
    how: "Unpack it, then check it with: npx scrutin verify FOLDER. Keep a copy where nobody can change it.",
  },
};
export type OfficeClosingWords = typeof officeClosing;
