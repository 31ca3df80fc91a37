import { refuseFaults } from "#admin/trustees/fault-texts.ts";
import { type CeremonyFolder, readFolder, writeMessage } from "#admin/trustees/folder.ts";
import type { OpenKey } from "#admin/trustees/key-file.ts";
import { messageFile } from "#admin/trustees/message-file.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { MessageFault } from "#core/trustees/ceremony/checks.ts";
import type { Round } from "#core/trustees/ceremony/message.ts";
import type { Proposal } from "#core/trustees/ceremony/proposal.ts";
import { nextIn, type Self, turnIn } from "#core/trustees/ceremony/rounds.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** A trustee takes part in a ceremony: it writes all that it can now. */

/** What one run did. */
export type Joined = Readonly<{
  folder: CeremonyFolder;
  number: number;
  /** The rounds of the messages that it wrote. */
  wrote: readonly Round[];
  /** Who writes next; undefined when all messages are there. */
  turn: ReturnType<typeof turnIn>;
}>;

/** Which trustee of the ceremony this is. Throws Refusal when none. */
export function numberOf(
  folder: string,
  { trustees }: Readonly<{ trustees: readonly Readonly<{ name: string; signingKey: string }>[] }>,
  key: Pick<OpenKey, "trustee">,
): number {
  const place = trustees.findIndex(({ signingKey }) => signingKey === key.trustee.signingKey);
  if (place >= 0) return place + 1;
  const names = trustees.map(({ name }) => name).join(", ");
  throw new EnglishRefusal(
    `${folder}: ${key.trustee.name}, with this key, is no trustee of this ceremony. Its trustees are ${names}.`,
  );
}

/** A trustee of the ceremony with its secrets. Throws Refusal when it is none of them. */
export const selfOf = (folder: string, proposal: Pick<Proposal, "trustees">, key: OpenKey): Self => ({
  engine: nodeTrustees,
  secrets: key.secrets,
  number: numberOf(folder, proposal, key),
});

const faultsOf = (next: Awaited<ReturnType<typeof nextIn>>): readonly MessageFault[] =>
  next.kind === "faults" ? next.faults : [];

/** Writes this trustee's next messages. Throws Refusal that says whose message is wrong, when one is. */
export async function joinCeremony(path: string, key: OpenKey): Promise<Joined> {
  const wrote: Round[] = [];
  for (;;) {
    const folder = await readFolder(path);
    const { proposal, checked } = folder;
    refuseFaults(path, proposal, checked.faults);
    const self = selfOf(path, proposal, key);
    const next = await nextIn(self, proposal, checked.messages);
    refuseFaults(path, proposal, faultsOf(next));
    if (next.kind !== "message") return { folder, number: self.number, wrote, turn: turnIn(checked.messages) };
    await writeMessage(path, next.message);
    wrote.push(next.message.round);
  }
}

export const writtenFiles = ({ wrote, number }: Joined): readonly string[] =>
  wrote.map((round) => messageFile(round, number));

/** Whether this is the run by which the trustee agreed. */
export const isFirstRun = ({ wrote }: Joined): boolean => wrote.includes(0);
