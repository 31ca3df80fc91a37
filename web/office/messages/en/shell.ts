import type { OfficeGroup } from "#core/office-groups.ts";
import { sentences } from "#core/sentences.ts";

/** The frame of every page of the console, and what rooms share. */
export const shell = {
  name: "Scrutin, election office",
  rooms: "Rooms",
  room: { overview: "Overview", elections: "Elections", audit: "Audit" },
  election: {
    election: "About it",
    editor: "Edit",
    roll: "Roll",
    polling: "Polling day",
    closing: "After closing",
  },
  ofElection: (id: string) => `Election ${id}`,
  signedInAs: (name: string, groups: string) => `${name}, ${groups}`,
  group: {
    officer: "officer",
    registrar: "registrar",
    auditor: "auditor",
    observer: "observer",
  } satisfies Record<OfficeGroup, string>,
  signOut: "Sign out",
  toSite: "See the public site",
  notYours: "This room is not open to you",
  onlyFor: (groups: string) =>
    sentences`It is for these groups: ${groups}. Whoever manages the office’s accounts can add you to one.`,
  nothingHere: "The link may be incomplete or out of date.",
  toOverview: "Go to the overview",
  failed: "This could not be loaded",
  unreachable: "There is no connection to the office’s service. Nothing you typed is lost.",
  busy: "The service is busy. Nothing was done; try again in a moment.",
  refused: "The service refused without saying why. Nothing was done.",
  goBack: "Go back",
  close: "Close",
  reason: "Reason",
  reasonHint: "It is recorded in the audit, with your name.",
  reasonMissing: "Say why, in a few words.",
  typeToConfirm: (word: string) => `To confirm, type ${word}`,
  typedWrong: (word: string) => sentences`What you typed is not ${word}.`,
  working: "Working",
  proposedTitle: "It waits for a second officer",
  proposed: "Nothing is done yet. Another officer finds it on the overview and confirms it there.",
  job: {
    queued: "Waiting to start",
    running: "In progress",
    done: "Done",
    failed: "It did not work",
  },
  jobLost: "No news of it for a while. It goes on without this page; come back later.",
  of: (done: string, total: string) => `${done} of ${total}`,
};
export type ShellWords = typeof shell;
