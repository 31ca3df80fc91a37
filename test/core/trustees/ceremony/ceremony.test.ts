import { beforeAll, describe, expect, test } from "vitest";
import { toBase64Url } from "#core/bytes.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { type Message, type MessageOf, messageDigest, signMessage } from "#core/trustees/ceremony/message.ts";
import { Proposal } from "#core/trustees/ceremony/proposal.ts";
import { ceremonyDigest, ceremonyFaults } from "#core/trustees/ceremony/record.ts";
import { Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import {
  isRehearsed,
  openTrialBox,
  RehearsalFile,
  rehearsalFile,
  rehearsalOf,
  type TrialOpening,
} from "#core/trustees/ceremony/rehearsal.ts";
import { ceremonyOf, type Self, turnIn } from "#core/trustees/ceremony/rounds.ts";
import { isOwnTrustee, publicTrustee, TrusteeName, trusteeDigest } from "#core/trustees/ceremony/trustee.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";
import {
  altered,
  checked,
  gather,
  type Held,
  hold,
  join,
  newSecrets,
  shareOf,
  type Tamper,
} from "#test/core/trustees/ceremony/hold.ts";
import { random } from "#test/core/trustees/contexts.ts";

/** A trustee who lies signs its lie. */
function signedBy({ secrets }: Self, { signature: _, ...message }: Message): Message {
  return signMessage<Message>((bytes) => nodeTrustees.sign(secrets.signing, bytes), message) as Message;
}

const lieOf =
  <Of extends Message["round"]>(liar: number, round: Of, lie: (message: MessageOf<Of>) => Message): Tamper =>
  (message, self) =>
    self.number === liar && message.round === round ? signedBy(self, lie(message as MessageOf<Of>)) : message;

/** Another text of the same form. */
const other = (text: string): string => {
  const bytes = bytesIn(text).slice();
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return toBase64Url(bytes);
};

const ceremonyIn = (held: Held): Ceremony => Ceremony.parse(ceremonyOf(held.proposal, checked(held).messages));

async function openings(held: Held, numbers: readonly number[]): Promise<ReadonlyMap<number, TrialOpening>> {
  const { messages } = checked(held);
  const ceremony = ceremonyIn(held);
  const opened = new Map<number, TrialOpening>();
  for (const number of numbers) {
    const self = itemAt(held.selves, number - 1);
    const share = await shareOf(self, held.proposal, messages);
    const sign = (bytes: Uint8Array) => nodeTrustees.sign(self.secrets.signing, bytes);
    opened.set(number, openTrialBox(ceremony, number, share, sign, random));
  }
  return opened;
}

const rehearsed = async (held: Held, numbers: readonly number[]) =>
  rehearsalOf(nodeTrustees.verify, ceremonyIn(held), await openings(held, numbers), random);

describe.each([
  [2, 3],
  [3, 5],
])("%i of %i trustees", (threshold, trustees) => {
  let held: Held;
  beforeAll(async () => {
    const done = await hold(gather(threshold, trustees));
    expect(done.faults).toEqual([]);
    held = done.held;
  });
  const all = Array.from({ length: trustees }, (_, place) => place + 1);

  test("make a key by four messages each, and all sign the record", () => {
    expect(held.found).toHaveLength(4 * trustees);
    expect(checked(held).faults).toEqual([]);
    expect(turnIn(checked(held).messages)).toBeUndefined();
    const ceremony = ceremonyIn(held);
    expect(ceremonyFaults(nodeTrustees.verify, ceremony)).toBeUndefined();
    expect(ceremony.trustees.map(({ name }) => name)).toEqual(held.proposal.trustees.map(({ name }) => name));
  });

  test("open the trial box when there are enough of them, the last as well as the first", async () => {
    for (const numbers of [all.slice(0, threshold), all.slice(-threshold), all]) {
      expect(await rehearsed(held, numbers)).toEqual({ opened: numbers, bad: [], isDone: true });
    }
  });

  test("open nothing when they are one too few", async () => {
    const numbers = all.slice(0, threshold - 1);
    expect(await rehearsed(held, numbers)).toEqual({ opened: numbers, bad: [], isDone: false });
  });
});

describe("a ceremony of two of three", () => {
  let held: Held;
  let ceremony: Ceremony;
  beforeAll(async () => {
    held = (await hold(gather(2, 3))).held;
    ceremony = ceremonyIn(held);
  });

  test("takes each trustee three runs, since the last in a round goes on to the next", async () => {
    let now = gather(2, 3);
    for (const number of [1, 2, 3, 1, 2, 3, 1, 2, 3]) now = (await join(now, number)).held;
    expect(now.found).toHaveLength(12);
  });

  test("waits for those whose messages are missing, and writes nothing twice", async () => {
    const first = await join(gather(2, 3), 2);
    expect(first.waitsFor).toEqual([1, 3]);
    const again = await join(first.held, 2);
    expect(again.held.found).toEqual(first.held.found);
    expect(again.waitsFor).toEqual([1, 3]);
  });

  test.each([
    [
      "changes its commitment after having seen the others'",
      lieOf(2, 1, (message) => ({ ...message, commitments: [...message.commitments].reverse() })),
      { round: 1, trustee: 2, kind: "changed" },
    ],
    [
      "deals to one a share that does not fit",
      lieOf(2, 2, (message) => ({ ...message, shares: [message.shares[2] ?? null, null, message.shares[2] ?? null] })),
      { round: 2, trustee: 2, kind: "bad-share" },
    ],
    [
      "leaves out a share",
      lieOf(3, 2, (message) => ({ ...message, shares: [message.shares[0] ?? null, null, null] })),
      { round: 2, trustee: 3, kind: "bad-share" },
    ],
    [
      "saw other messages of the rounds before",
      lieOf(1, 2, (message) => ({ ...message, previous: other(message.previous) })),
      { round: 2, trustee: 1, kind: "diverging" },
    ],
    [
      "signs another record",
      lieOf(1, 3, (message) => ({ ...message, recordSignature: other(message.recordSignature) })),
      { round: 3, trustee: 1, kind: "other-record" },
    ],
  ] as const)("names a trustee who %s", async (_, tamper, fault) => {
    const { faults, by } = await hold(gather(2, 3), tamper);
    expect(faults).toEqual([fault]);
    expect(by).not.toBe(0);
  });

  test("names a trustee who does not know what it committed to", async () => {
    // It commits to another's commitment, as whoever wants to cancel it would.
    const start = gather(2, 3);
    const honest = (await hold(start)).held.found.find(({ round, trustee }) => round === 1 && trustee === 1)?.message;
    if (honest?.round !== 1) throw new Error("trustee 1 wrote a message of round 1");
    const copied = (self: Self, message: MessageOf<1>): MessageOf<1> =>
      signedBy(self, { ...message, commitments: honest.commitments, proof: honest.proof }) as MessageOf<1>;
    const own = (await hold(start)).held.found.find(({ round, trustee }) => round === 1 && trustee === 3)?.message;
    if (own?.round !== 1) throw new Error("trustee 3 wrote a message of round 1");
    const lie = copied(itemAt(start.selves, 2), own);
    const { faults } = await hold(start, (message, self) => {
      if (self.number !== 3) return message;
      if (message.round === 0) return signedBy(self, { ...message, commitment: toBase64Url(messageDigest(lie)) });
      return message.round === 1 ? lie : message;
    });
    expect(faults).toEqual([{ round: 1, trustee: 3, kind: "undealt" }]);
  });

  test("names where two messages were swapped", () => {
    const [one, two] = [1, 2].map((trustee) => held.found.find((at) => at.round === 2 && at.trustee === trustee));
    const found = held.found.map((at) => {
      if (at === one && two) return { ...at, message: two.message };
      return at === two && one ? { ...at, message: one.message } : at;
    });
    const misplaced = [1, 2].map((trustee) => ({ round: 2, trustee, kind: "misplaced" }));
    const { faults } = checked({ ...held, found });
    expect(faults).toHaveLength(2);
    expect(faults).toEqual(expect.arrayContaining(misplaced));
  });

  test.each([0, 1, 2, 3] as const)(
    "names whose message of round %i somebody altered, lost, or took from another ceremony",
    async (round) => {
      const withOther = altered(held, round, 2, (message) => ({ ...message, signature: other(message.signature) }));
      expect(checked(withOther).faults).toEqual([{ round, trustee: 2, kind: "unsigned" }]);
      const withForeign = altered(held, round, 2, (message) => ({ ...message, ceremony: other(message.ceremony) }));
      expect(checked(withForeign).faults).toEqual([{ round, trustee: 2, kind: "foreign" }]);
      if (round === 3) return;
      const found = held.found.filter((at) => !(at.round === round && at.trustee === 2));
      expect(checked({ ...held, found }).faults).toContainEqual({ round, trustee: 2, kind: "missing" });
    },
  );

  test("leaves a record of which every change is noticed", () => {
    const faultsOf = (changes: Partial<Ceremony>) => ceremonyFaults(nodeTrustees.verify, { ...ceremony, ...changes });
    for (const changes of [
      { electionId: "E2" },
      { ballotDigest: other(ceremony.ballotDigest) },
      { threshold: 3 },
      { mixes: 1 },
      { messages: other(ceremony.messages) },
      { testPage: other(ceremony.ballotDigest) },
      { trustees: [...ceremony.trustees].reverse() },
    ]) {
      expect(faultsOf(changes)?.unsigned).toEqual([1, 2, 3]);
    }
    const signatures = ceremony.signatures.map((signature, place) => (place === 1 ? other(signature) : signature));
    expect(faultsOf({ signatures })).toEqual({ unsigned: [2], isOneKey: true });
    const [first, second] = ceremony.trustees as [Ceremony["trustees"][number], Ceremony["trustees"][number]];
    const swapped = [
      { ...first, verifyingKey: second.verifyingKey },
      { ...second, verifyingKey: first.verifyingKey },
      itemAt(ceremony.trustees, 2),
    ];
    expect(faultsOf({ trustees: swapped })?.isOneKey).toBe(false);
    expect(faultsOf({ publicKey: first.verifyingKey })?.isOneKey).toBe(false);
  });

  test("is rehearsed by openings of its own trustees only", async () => {
    const good = await openings(held, [1, 3]);
    const [one, three] = [good.get(1), good.get(3)] as [TrialOpening, TrialOpening];
    const judge = (handedIn: readonly (readonly [number, TrialOpening])[]) =>
      rehearsalOf(nodeTrustees.verify, ceremony, new Map(handedIn), random);
    expect(
      judge([
        [1, one],
        [3, three],
      ]),
    ).toEqual({ opened: [1, 3], bad: [], isDone: true });
    expect(
      judge([
        [1, one],
        [2, three],
      ]),
    ).toEqual({ opened: [1], bad: [2], isDone: false });
    expect(
      judge([
        [1, one],
        [3, { ...three, opening: other(three.opening) }],
      ]).bad,
    ).toEqual([3]);
    expect(
      judge([
        [1, one],
        [3, { ...three, ceremony: other(three.ceremony) }],
      ]).bad,
    ).toEqual([3]);
    expect(
      judge([
        [1, one],
        [9, three],
      ]).bad,
    ).toEqual([9]);
    const isProof = (handedIn: ReadonlyMap<number, TrialOpening>): boolean =>
      isRehearsed(nodeTrustees.verify, ceremony, RehearsalFile.parse(rehearsalFile(handedIn)), random);
    expect(isProof(good)).toBe(true);
    expect(isProof(new Map([[1, one]]))).toBe(false);
    expect(isProof(new Map([...good, [2, one]]))).toBe(false);
    const another = (await hold(gather(2, 3))).held;
    expect(judge([...(await openings(another, [1, 2]))])).toEqual({ opened: [], bad: [1, 2], isDone: false });
  });
});

describe("a proposal", () => {
  const { proposal } = gather(2, 3);
  test.each([
    ["one opens alone", { threshold: 1 }],
    ["more open than there are", { threshold: 4 }],
    ["more mix than there are", { mixes: 4 }],
    ["nobody mixes", { mixes: 0 }],
    ["a trustee comes twice", { trustees: [...proposal.trustees, proposal.trustees[0]] }],
    ["two trustees have one name", { trustees: proposal.trustees.map((one) => ({ ...one, name: "Court" })) }],
  ])("is refused when %s", (_, changes) => {
    expect(Proposal.safeParse({ ...proposal, ...changes }).success).toBe(false);
  });
});

describe("a trustee's public file", () => {
  const trustee = publicTrustee(nodeTrustees, "Cour des comptes", newSecrets());
  test("is its holder's own: another name or key beside it is noticed", () => {
    expect(isOwnTrustee(nodeTrustees.verify, trustee)).toBe(true);
    expect(isOwnTrustee(nodeTrustees.verify, { ...trustee, name: "Court" })).toBe(false);
    expect(isOwnTrustee(nodeTrustees.verify, { ...trustee, sealingKey: trustee.signingKey })).toBe(false);
  });
  test.each(["", " Court", "Court\n", "\u001b[31mCourt", "x".repeat(101)])("has a plain name, unlike %j", (name) => {
    expect(TrusteeName.safeParse(name).success).toBe(false);
    expect(() => publicTrustee(nodeTrustees, name, newSecrets())).toThrow();
  });
  test("has words of its own: those of another name or key are others", () => {
    const signature = publicTrustee(nodeTrustees, "Court", newSecrets()).signature;
    expect(trusteeDigest({ ...trustee, signature })).toEqual(trusteeDigest(trustee));
    for (const changes of [{ name: "Court" }, { signingKey: trustee.sealingKey }, { sealingKey: trustee.signingKey }]) {
      expect(trusteeDigest({ ...trustee, ...changes })).not.toEqual(trusteeDigest(trustee));
    }
  });
});

describe("the six words", () => {
  test("are the same bits in both languages, and always the same", () => {
    const words = wordsOf("ceremony", new Uint8Array(32).fill(1));
    expect(words).toEqual({
      en: "bracket cram inner hurdle pulse derive",
      fr: "batterie citoyen gourmand garantir orbite croire",
    });
    for (const said of Object.values(words)) expect(said.split(" ")).toHaveLength(6);
    expect(wordsOf("trustee", new Uint8Array(32).fill(1))).not.toEqual(words);
  });
  test("differ between ceremonies", async () => {
    const digest = ceremonyDigest(recordIn(ceremonyIn((await hold(gather(2, 2))).held)));
    const again = ceremonyDigest(recordIn(ceremonyIn((await hold(gather(2, 2))).held)));
    expect(wordsOf("ceremony", digest)).not.toEqual(wordsOf("ceremony", again));
  });
});
