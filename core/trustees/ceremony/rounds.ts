import { toBase64Url } from "#core/bytes.ts";
import type { Sealed } from "#core/envelope.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import {
  allOf,
  dealingIn,
  digestBefore,
  type MessageFault,
  type Messages,
  missingIn,
  recordOf,
} from "#core/trustees/ceremony/checks.ts";
import {
  type Dealer,
  deal,
  isShareOf,
  shareDealt,
  sharesFor,
  type TrusteeShare,
} from "#core/trustees/ceremony/dealing.ts";
import {
  type Message,
  type MessageOf,
  messageDigest,
  ROUNDS,
  type Round,
  type SealedShare,
  signMessage,
} from "#core/trustees/ceremony/message.ts";
import { type Proposal, proposalDigest, trusteeNumbers } from "#core/trustees/ceremony/proposal.ts";
import { recordBytes } from "#core/trustees/ceremony/record.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import type { TrusteeEngine, TrusteeSecrets } from "#core/trustees/ceremony/trustee.ts";
import { itemAt } from "#core/trustees/item-at.ts";

/** What a trustee does in a ceremony. The messages of the others were checked before (checks.ts). */

/** A trustee who takes part: its number, from 1. */
export type Self = Readonly<{ engine: TrusteeEngine; secrets: TrusteeSecrets; number: number }>;

export type Next =
  | Readonly<{ kind: "message"; message: Message }>
  /** Others have not written their messages of this round. */
  | Readonly<{ kind: "waits"; round: Round; for: readonly number[] }>
  | Readonly<{ kind: "faults"; faults: readonly MessageFault[] }>
  /** All of this trustee's messages are written. */
  | Readonly<{ kind: "finished" }>;

const dealerOf = ({ secrets, number }: Self, proposal: Proposal): Dealer => ({
  secret: secrets.dealing,
  ceremony: proposalDigest(proposal),
  ...{ number, threshold: proposal.threshold, trustees: proposal.trustees.length },
});

const common = ({ number }: Self, proposal: Proposal) =>
  ({
    format: "scrutin-ceremony-message-1",
    ceremony: toBase64Url(proposalDigest(proposal)),
    trustee: number,
  }) as const;

const signer =
  ({ engine, secrets }: Self) =>
  (bytes: Uint8Array): Uint8Array =>
    engine.sign(secrets.signing, bytes);

function firstMessage(self: Self, proposal: Proposal): MessageOf<1> {
  const { commitments, proof } = deal(dealerOf(self, proposal));
  return signMessage<MessageOf<1>>(signer(self), {
    ...common(self, proposal),
    round: 1,
    commitments: commitments.map(toBase64Url),
    proof: toBase64Url(proof),
  });
}

function commitmentMessage(self: Self, proposal: Proposal): MessageOf<0> {
  const commitment = toBase64Url(messageDigest(firstMessage(self, proposal)));
  return signMessage<MessageOf<0>>(signer(self), { ...common(self, proposal), round: 0, commitment });
}

/** HPKE's info: from whom to whom, in which ceremony, after which messages. */
const infoOf = (ceremony: string, previous: string, from: number, to: number): string =>
  `scrutin/v2/ceremony-share|${ceremony}|${previous}|${from}|${to}`;

async function shareMessage(self: Self, proposal: Proposal, messages: Messages): Promise<MessageOf<2>> {
  const fields = common(self, proposal);
  const previous = digestBefore(messages, 2);
  const shares = sharesFor(dealerOf(self, proposal), allOf(messages, 1).map(dealingIn));
  const seal = async (to: number): Promise<SealedShare | null> => {
    const share = shares[to - 1];
    if (share === undefined) return null;
    const sealer = self.engine.sealerTo(bytesIn(itemAt(proposal.trustees, to - 1).sealingKey));
    const sealed = await sealer(share, infoOf(fields.ceremony, previous, self.number, to));
    share.fill(0);
    return { encapsulatedKey: toBase64Url(sealed.encapsulatedKey), ciphertext: toBase64Url(sealed.ciphertext) };
  };
  return signMessage<MessageOf<2>>(signer(self), {
    ...{ ...fields, round: 2, previous },
    shares: await Promise.all(trusteeNumbers(proposal).map(seal)),
  });
}

const sealedIn = ({ encapsulatedKey, ciphertext }: SealedShare): Sealed => ({
  encapsulatedKey: bytesIn(encapsulatedKey),
  ciphertext: bytesIn(ciphertext),
});

export type Received =
  | Readonly<{ ok: true; key: TrusteeShare }>
  | Readonly<{ ok: false; faults: readonly MessageFault[] }>;

/**
 * A trustee's share, of the messages of rounds 0 to 2 and its own secrets, as often as it is needed: it is stored nowhere. A share that does not open
 * or fit its commitments is its sender's fault. Throws where messages are missing, or this trustee's were made with other secrets.
 */
export async function receivedShare(self: Self, proposal: Proposal, messages: Messages): Promise<Received> {
  const { ceremony } = common(self, proposal);
  const previous = digestBefore(messages, 2);
  const dealings = allOf(messages, 1).map(dealingIn);
  const open = self.engine.openerWith(self.secrets.sealing);
  const received = await Promise.all(
    allOf(messages, 2).map(async ({ trustee: from, shares }) => {
      const sealed = shares[self.number - 1];
      if (from === self.number || !sealed) return undefined;
      const share = await open(sealedIn(sealed), infoOf(ceremony, previous, from, self.number));
      return share && isShareOf(itemAt(dealings, from - 1), self.number, share) ? share : undefined;
    }),
  );
  const faults = trusteeNumbers(proposal)
    .filter((from) => from !== self.number && received[from - 1] === undefined)
    .map((trustee): MessageFault => ({ round: 2, trustee, kind: "bad-share" }));
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, key: shareDealt(dealerOf(self, proposal), dealings, received) };
}

async function signatureMessage(self: Self, proposal: Proposal, messages: Messages): Promise<Next> {
  const received = await receivedShare(self, proposal, messages);
  if (!received.ok) return { kind: "faults", faults: received.faults };
  received.key.share.fill(0);
  const record = recordBytes(recordOf(proposal, messages));
  const message = signMessage<MessageOf<3>>(signer(self), {
    ...{ ...common(self, proposal), round: 3, previous: digestBefore(messages, 3) },
    recordSignature: toBase64Url(signer(self)(record)),
  });
  return { kind: "message", message };
}

/** Whose message is missing in the first round in which one is, and who can write it now: all of them. None when the ceremony is whole. */
export function turnIn(messages: Messages): Readonly<{ round: Round; trustees: readonly number[] }> | undefined {
  const round = ROUNDS.find((one) => missingIn(messages, one).length > 0);
  return round === undefined ? undefined : { round, trustees: missingIn(messages, round) };
}

/** What this trustee does now, when nothing is wrong with the messages. */
export async function nextIn(self: Self, proposal: Proposal, messages: Messages): Promise<Next> {
  const round = ROUNDS.find((one) => messages[one][self.number - 1] === undefined);
  if (round === undefined) return { kind: "finished" };
  const turn = turnIn(messages);
  if (turn !== undefined && turn.round < round) return { kind: "waits", round: turn.round, for: turn.trustees };
  switch (round) {
    case 0:
      return { kind: "message", message: commitmentMessage(self, proposal) };
    case 1:
      return { kind: "message", message: firstMessage(self, proposal) };
    case 2:
      return { kind: "message", message: await shareMessage(self, proposal, messages) };
    case 3:
      return signatureMessage(self, proposal, messages);
    default:
      return round satisfies never;
  }
}

/** What a whole ceremony leaves. Throws RangeError when a message is missing. */
export const ceremonyOf = (proposal: Proposal, messages: Messages): Ceremony => ({
  ...recordOf(proposal, messages),
  signatures: allOf(messages, 3).map(({ recordSignature }) => recordSignature),
});
