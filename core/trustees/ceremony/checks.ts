import { toBase64Url } from "#core/bytes.ts";
import type { Verifier } from "#core/trustees/card-key.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { badDealers, type Dealing, keysDealt } from "#core/trustees/ceremony/dealing.ts";
import {
  isSignedMessage,
  type Message,
  type MessageOf,
  messageDigest,
  messagesDigest,
  ROUNDS,
  type Round,
} from "#core/trustees/ceremony/message.ts";
import { type Proposal, proposalDigest, trusteeNumbers } from "#core/trustees/ceremony/proposal.ts";
import { recordBytes } from "#core/trustees/ceremony/record.ts";
import type { CeremonyRecord } from "#core/trustees/ceremony/record-shape.ts";
import { itemAt } from "#core/trustees/item-at.ts";

/** What everybody can check of a ceremony's messages, without any secret. Each fault names whose message it is. */

/** The messages of each round, trustee 1's first. */
export type Messages = Readonly<{ [Of in Round]: readonly (MessageOf<Of> | undefined)[] }>;

/** A message, and where it was found. */
export type FoundMessage = Readonly<{ round: Round; trustee: number; message: Message }>;

export type MessageFault = Readonly<{
  round: Round;
  trustee: number;
  kind: /** Not there, though a message of a later round is. */
    | "missing"
    /** Of another trustee or round than the place where it lies. */
    | "misplaced"
    /** Of another ceremony. */
    | "foreign"
    /** The signature is not the trustee's. */
    | "unsigned"
    /** Not the message of round 1 to which the trustee bound itself in round 0. */
    | "changed"
    /** Commitments of another degree, no elements, or a proof that is false. */
    | "undealt"
    /** The trustee saw other messages of the rounds before. */
    | "diverging"
    /** A share is missing, or does not fit its commitments. */
    | "bad-share"
    /** The signature is not under the record that follows. */
    | "other-record";
}>;

export type Checked = Readonly<{ messages: Messages; faults: readonly MessageFault[] }>;

type Judged = (message: Message) => MessageFault["kind"] | undefined;

/** By number, those of whom a round has no message. */
export const missingIn = (messages: Messages, round: Round): readonly number[] =>
  messages[round].flatMap((message, place) => (message === undefined ? [place + 1] : []));

/** Those of a round of which no message is missing. Throws RangeError when one is. */
export const allOf = <Of extends Round>(messages: Messages, round: Of): readonly MessageOf<Of>[] =>
  messages[round].map((_, place) => itemAt(messages[round], place) as MessageOf<Of>);

const at = <Of extends Round>(round: Of, found: readonly FoundMessage[], proposal: Proposal) =>
  trusteeNumbers(proposal).map((number) => {
    const here = found.find((one) => one.round === round && one.trustee === number)?.message;
    return here?.round === round ? (here as MessageOf<Of>) : undefined;
  });

/** Those found, in their places. */
export const inPlaces = (proposal: Proposal, found: readonly FoundMessage[]): Messages => ({
  0: at(0, found, proposal),
  1: at(1, found, proposal),
  2: at(2, found, proposal),
  3: at(3, found, proposal),
});

/** The digest of all messages before a round. */
export const digestBefore = (messages: Messages, round: 2 | 3): string => {
  const rounds = ROUNDS.filter((earlier) => earlier < round);
  return toBase64Url(messagesDigest(rounds.flatMap((earlier): readonly Message[] => allOf(messages, earlier))));
};

export const dealingIn = ({ commitments, proof }: MessageOf<1>): Dealing => ({
  commitments: commitments.map(bytesIn),
  proof: bytesIn(proof),
});

/** Where each message lies, and whose it is. */
function faultsOfPlaces(verify: Verifier, proposal: Proposal, found: readonly FoundMessage[]): readonly MessageFault[] {
  const ceremony = toBase64Url(proposalDigest(proposal));
  const kindOf = ({ round, trustee, message }: FoundMessage): MessageFault["kind"] | undefined => {
    if (message.ceremony !== ceremony) return "foreign";
    if (message.round !== round || message.trustee !== trustee) return "misplaced";
    const { signingKey } = itemAt(proposal.trustees, trustee - 1);
    return isSignedMessage(verify, signingKey, message) ? undefined : "unsigned";
  };
  return found.flatMap((one) => {
    const kind = kindOf(one);
    return kind === undefined ? [] : [{ round: one.round, trustee: one.trustee, kind }];
  });
}

/** Of rounds of which a later one has begun. */
function missingMessages(messages: Messages): readonly MessageFault[] {
  const begun = ROUNDS.filter((round) => messages[round].some((message) => message !== undefined)).at(-1) ?? 0;
  return ROUNDS.filter((round) => round < begun).flatMap((round) =>
    missingIn(messages, round).map((trustee): MessageFault => ({ round, trustee, kind: "missing" })),
  );
}

function faultsOfRound(messages: Messages, round: Round, judge: Judged): readonly MessageFault[] {
  return messages[round].flatMap((message, place) => {
    const kind = message && judge(message);
    return kind === undefined ? [] : [{ round, trustee: place + 1, kind }];
  });
}

function judgeDealings(proposal: Proposal, messages: Messages): readonly MessageFault[] {
  const changed = faultsOfRound(messages, 1, (message) => {
    const { commitment } = itemAt(allOf(messages, 0), message.trustee - 1);
    return commitment === toBase64Url(messageDigest(message)) ? undefined : "changed";
  });
  if (changed.length > 0 || missingIn(messages, 1).length > 0) return changed;
  const ceremony = proposalDigest(proposal);
  const who = { ceremony, threshold: proposal.threshold, trustees: proposal.trustees.length };
  return badDealers(who, allOf(messages, 1).map(dealingIn)).map((trustee) => ({ round: 1, trustee, kind: "undealt" }));
}

function judgeShares(messages: Messages): readonly MessageFault[] {
  const previous = digestBefore(messages, 2);
  return faultsOfRound(messages, 2, (message) => {
    if (message.round !== 2 || message.previous !== previous) return "diverging";
    const isWhole =
      message.shares.length === messages[2].length &&
      message.shares.every((share, place) => (share === null) === (place + 1 === message.trustee));
    return isWhole ? undefined : "bad-share";
  });
}

function judgeSignatures(verify: Verifier, proposal: Proposal, messages: Messages): readonly MessageFault[] {
  const previous = digestBefore(messages, 3);
  const signed = recordBytes(recordOf(proposal, messages));
  return faultsOfRound(messages, 3, (message) => {
    if (message.round !== 3 || message.previous !== previous) return "diverging";
    const { signingKey } = itemAt(proposal.trustees, message.trustee - 1);
    return verify(bytesIn(signingKey), signed, bytesIn(message.recordSignature)) ? undefined : "other-record";
  });
}

/** The record to which these messages lead. Throws RangeError unless rounds 0 to 2 are whole and good. */
export function recordOf(proposal: Proposal, messages: Messages): CeremonyRecord {
  const { publicKey, verifyingKeys } = keysDealt(allOf(messages, 1).map(dealingIn));
  const { electionId, ballotDigest, threshold, mixes, testPage } = proposal;
  return {
    format: "scrutin-ceremony-1",
    ...{ electionId, ballotDigest, publicKey: toBase64Url(publicKey), threshold, mixes },
    ...(testPage !== undefined && { testPage }),
    messages: digestBefore(messages, 3),
    trustees: proposal.trustees.map(({ name, signingKey, sealingKey }, place) => ({
      ...{ name, signingKey, sealingKey },
      verifyingKey: toBase64Url(itemAt(verifyingKeys, place)),
    })),
  };
}

/** What was found, in its places, with the faults of the first round that has any: those of later rounds follow from them. */
export function checkMessages(verify: Verifier, proposal: Proposal, found: readonly FoundMessage[]): Checked {
  const messages = inPlaces(proposal, found);
  const judges = [
    () => faultsOfPlaces(verify, proposal, found),
    () => missingMessages(messages),
    () => (missingIn(messages, 0).length > 0 ? [] : judgeDealings(proposal, messages)),
    () => (missingIn(messages, 1).length > 0 ? [] : judgeShares(messages)),
    () => (missingIn(messages, 2).length > 0 ? [] : judgeSignatures(verify, proposal, messages)),
  ];
  for (const judge of judges) {
    const faults = judge();
    if (faults.length > 0) return { messages, faults };
  }
  return { messages, faults: [] };
}
