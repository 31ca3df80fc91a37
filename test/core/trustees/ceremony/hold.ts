import { toBase64Url } from "#core/bytes.ts";
import {
  type Checked,
  checkMessages,
  type FoundMessage,
  type MessageFault,
  type Messages,
} from "#core/trustees/ceremony/checks.ts";
import type { Message, Round } from "#core/trustees/ceremony/message.ts";
import { Proposal } from "#core/trustees/ceremony/proposal.ts";
import { nextIn, receivedShare, type Self } from "#core/trustees/ceremony/rounds.ts";
import { publicTrustee, SECRET_BYTES, type TrusteeSecrets } from "#core/trustees/ceremony/trustee.ts";
import { decodeScalar, type Scalar } from "#core/trustees/group.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";
import { random } from "#test/core/trustees/contexts.ts";

/** Ceremonies held in memory. */

const NAMES = ["Court of audit", "Cour d’appel", "Party A", "Parti B", "University"];

export const newSecrets = (): TrusteeSecrets => ({
  signing: random(SECRET_BYTES),
  sealing: random(SECRET_BYTES),
  dealing: random(SECRET_BYTES),
});

export type Held = Readonly<{ proposal: Proposal; selves: readonly Self[]; found: readonly FoundMessage[] }>;

export function gather(threshold: number, trustees: number, overrides: object = {}): Held {
  const selves = Array.from(
    { length: trustees },
    (_, place): Self => ({
      ...{ engine: nodeTrustees, secrets: newSecrets(), number: place + 1 },
    }),
  );
  const proposal = Proposal.parse({
    ...{ format: "scrutin-ceremony-proposal-1", electionId: "E1", threshold, mixes: 2 },
    ballotDigest: toBase64Url(new Uint8Array(32).fill(7)),
    nonce: toBase64Url(random(32)),
    trustees: selves.map(({ secrets }, place) => publicTrustee(nodeTrustees, NAMES[place] ?? "", secrets)),
    ...overrides,
  });
  return { proposal, selves, found: [] };
}

/** What somebody does with a message on its way to the others. */
export type Tamper = (message: Message, self: Self) => Message;

/** One trustee writes all that it can now. Gives the faults that stop it. */
export async function join(
  held: Held,
  number: number,
  tamper: Tamper = (message) => message,
): Promise<Readonly<{ held: Held; faults: readonly MessageFault[]; waitsFor: readonly number[] }>> {
  const self = held.selves[number - 1];
  if (self === undefined) throw new RangeError(`there is no trustee ${number}`);
  let found = held.found;
  for (;;) {
    const { messages, faults } = checkMessages(nodeTrustees.verify, held.proposal, found);
    if (faults.length > 0) return { held: { ...held, found }, faults, waitsFor: [] };
    const next = await nextIn(self, held.proposal, messages);
    if (next.kind !== "message") {
      const waitsFor = next.kind === "waits" ? next.for : [];
      return { held: { ...held, found }, faults: next.kind === "faults" ? next.faults : [], waitsFor };
    }
    found = [...found, { round: next.message.round, trustee: number, message: tamper(next.message, self) }];
  }
}

/** All trustees in turn, until nobody has anything to write, or somebody finds a fault. */
export async function hold(
  held: Held,
  tamper?: Tamper,
): Promise<Readonly<{ held: Held; faults: readonly MessageFault[]; by: number }>> {
  let before = -1;
  let now = held;
  while (now.found.length > before) {
    before = now.found.length;
    for (const { number } of now.selves) {
      const done = await join(now, number, tamper);
      now = done.held;
      if (done.faults.length > 0) return { held: now, faults: done.faults, by: number };
    }
  }
  return { held: now, faults: [], by: 0 };
}

export const checked = ({ proposal, found }: Held): Checked => checkMessages(nodeTrustees.verify, proposal, found);

export async function shareOf(self: Self, proposal: Proposal, messages: Messages): Promise<Scalar> {
  const received = await receivedShare(self, proposal, messages);
  const share = received.ok ? decodeScalar(received.key.share) : undefined;
  if (share === undefined) throw new Error("there is no share");
  return share;
}

/** Somebody changes a message where it lies. */
export const altered = (held: Held, round: Round, trustee: number, change: (message: Message) => Message): Held => ({
  ...held,
  found: held.found.map((one) =>
    one.round === round && one.trustee === trustee ? { ...one, message: change(one.message) } : one,
  ),
});
