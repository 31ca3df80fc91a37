import type { ProposalState } from "#core/proposals.ts";

/** What waits for a second person. */
export const officeProposals = {
  title: "Waiting for a second person",
  none: "Nothing waits for a second person.",
  decided: "Decided, of the last 30 days",
  by: (name: string, when: string) => `Proposed by ${name}, ${when}`,
  until: (when: string) => `Stands until ${when}`,
  ofElection: (id: string) => `election ${id}`,
  look: "Look at it",
  lookAt: (act: string, id: string) => `Look at it: ${act}, election ${id}`,
  state: {
    open: "waits",
    confirmed: "confirmed",
    refused: "refused",
    withdrawn: "withdrawn",
    expired: "expired",
  } satisfies Record<ProposalState, string>,
  outcome: {
    done: "confirmed and done",
    refused: "confirmed, but it could not be done",
    none: "confirmed; whether it was done is in the audit",
  },
  decidedBy: (state: string, name: string, when: string) => `${state}, by ${name}, ${when}`,
  yours: "You proposed this: another person must confirm it.",
  notYours: "Only another person who may do this act can confirm it.",
  voters: "What voters will see",
  /** By the names of the acts of which voters are told nothing in words of their own. */
  does: {
    "open-statement":
      "Definition, ballots’ key and roll are fixed and signed. Nothing that voters read changes; they can vote when the hours come.",
    "draw-lot": "The results page says that a lot was drawn, and follows it:",
    certify: "The ballot box is counted once more and signed. Nothing that voters see changes before it is published.",
    publish: "The results page says that the result is certified, and everybody can download the files and check them.",
    shred: "Nothing that voters see changes. It cannot be undone.",
    delete: "The election is gone from the site, with its roll, ballots, counts and secrets. It cannot be undone.",
  } as Readonly<Record<string, string>>,
  witnesses: (names: string) => `Witnesses: ${names}`,
  regions: "Regions",
  candidates: "Candidates",
  draftChanged:
    "The draft was saved again since this was proposed, or is gone: confirming would be refused. It must be proposed again.",
  draftFaulty: "The draft has faults: confirming would be refused.",
  applied: "Whole, with the ballot beside it:",
  draft: (id: string, version: string) => `the draft of election ${id}, version ${version}`,
  nothing: "Nothing changes for voters at once.",
  reason: (reason: string) => `Reason: ${reason}`,
  request: "The request, word for word",
  sha256: "Its SHA-256",
  shaHint: "Computed in this browser from what is shown here. Confirming holds for exactly this.",
  shaDiffers: "What is shown is not what the service would do. Do not confirm; tell whoever runs the site.",
  confirm: "Confirm and do it",
  refuse: "Refuse",
  withdraw: "Withdraw it",
  refuseTitle: "Refuse this proposal",
  withdrawTitle: "Withdraw your proposal",
  refuseWhat: "Nothing is done. It can be proposed again.",
  close: "Close",
  confirmed: "It is done.",
  ended: "It could not be done, and this proposal has ended: it must be made again.",
};
export type OfficeProposalsWords = typeof officeProposals;
