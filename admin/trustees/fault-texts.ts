import { join } from "node:path";
import { messageFile } from "#admin/trustees/message-file.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { MessageFault } from "#core/trustees/ceremony/checks.ts";
import type { Proposal } from "#core/trustees/ceremony/proposal.ts";

/** What is wrong in a ceremony's folder, in a sentence each: the file, whose message it is, and what to do. */

const WRONG: Readonly<Record<MessageFault["kind"], string>> = {
  missing: "is missing, though messages of a later round are there",
  misplaced: "is another trustee's message, or of another round: files were swapped",
  foreign: "is of another ceremony",
  unsigned: "was altered: its signature does not fit",
  changed: "is not the message that was bound in round 0",
  undealt: "holds commitments or a proof that are false",
  diverging: "was written after other messages of the rounds before than those in this folder",
  "bad-share": "holds a share that does not fit what its sender committed to",
  "other-record": "signs another record than the one that follows from these messages",
};

/** Files may be had again. A trustee who signs what is false is left out. */
const ASK_AGAIN = "ask that trustee for the file again";
const START_AGAIN = "the ceremony starts again, in a new folder and without that trustee, unless the file was mixed up";
const COMPARE = "compare your folders: somebody has other files, and all must have the same";

const WHAT_TO_DO: Readonly<Record<MessageFault["kind"], string>> = {
  missing: ASK_AGAIN,
  misplaced: ASK_AGAIN,
  foreign: ASK_AGAIN,
  unsigned: ASK_AGAIN,
  changed: START_AGAIN,
  undealt: START_AGAIN,
  diverging: COMPARE,
  "bad-share": START_AGAIN,
  "other-record": START_AGAIN,
};

const nameOf = ({ trustees }: Proposal, number: number): string =>
  `trustee ${number}, ${trustees[number - 1]?.name ?? "unknown"}`;

/** Throws Refusal, a line for each fault, when there is any. */
export function refuseFaults(folder: string, proposal: Proposal, faults: readonly MessageFault[]): void {
  if (faults.length === 0) return;
  const lines = faults.map(({ round, trustee, kind }) => {
    const file = join(folder, messageFile(round, trustee));
    return `${file} (${nameOf(proposal, trustee)}): this ${WRONG[kind]}. What to do: ${WHAT_TO_DO[kind]}.`;
  });
  throw new EnglishRefusal(lines.join("\n"));
}
