import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import type { Tally } from "#core/results.ts";
import { SPOILED } from "#core/selection.ts";
import { acceptanceBytes } from "#core/trustees/acceptance.ts";
import { signBallot } from "#core/trustees/card-key.ts";
import { encryptedBallot } from "#core/trustees/encrypted-batch.ts";
import {
  add,
  base,
  decodePoint,
  decodeScalar,
  encodePoint,
  encodeScalar,
  multiply,
  scalars,
} from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import type { ContestName } from "#load/trustees/contests.ts";
import { makeBundle } from "#load/trustees/made-bundle.ts";
import {
  type Cast,
  castAll,
  castWith,
  contextFor,
  lineWith,
  type MadeElection,
  madeElection,
} from "#load/trustees/made-election.ts";
import type { Cheats, MixedBatch } from "#load/trustees/made-world.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/**
 * Every way to cheat with the files of an election, each as a whole bundle in which all signatures are good that the cheat can make: what was forged is
 * signed, and all that follows is made of it. Which check finds each is named; others may fail too.
 */

/** What a forged bundle is verified with. */
export type With = Readonly<{ receiptFile?: string; card?: Readonly<{ number: string; code: string }> }>;

export type Forgery = Readonly<{
  name: string;
  of: ContestName;
  /** Makes the bundle in a folder that is not there yet; the receipt, where there is one, beside it as FOLDER.receipt. */
  forge(folder: string): Promise<With>;
  /** The checks that find it. */
  foundBy: readonly string[];
}>;

type Lines = NonNullable<Cheats["lines"]>;

const cheat = (name: string, of: ContestName, foundBy: readonly string[], cheats: Cheats): Forgery => ({
  ...{ name, of, foundBy },
  async forge(folder) {
    await makeBundle(of, folder, cheats);
    return {};
  },
});

/** One whose cheat needs the election's secrets. */
const withSecrets = (
  name: string,
  of: ContestName,
  foundBy: readonly string[],
  cheatsOf: (made: MadeElection) => Cheats,
): Forgery => ({
  ...{ name, of, foundBy },
  async forge(folder) {
    await makeBundle(of, folder, cheatsOf(await madeElection(of)));
    return {};
  },
});

const changedAt = (bytes: Uint8Array, from: number, part: Uint8Array): Uint8Array => {
  const changed = new Uint8Array(bytes);
  changed.set(part, from);
  return changed;
};

/** The scalar at a place, more by one. */
function oneMore(bytes: Uint8Array, from: number): Uint8Array {
  const scalar = decodeScalar(bytes.subarray(from, from + 32)) ?? 0n;
  return changedAt(bytes, from, encodeScalar(scalars.add(scalar, 1n)));
}

const inFirst = (batches: readonly MixedBatch[], change: (batch: MixedBatch) => MixedBatch): readonly MixedBatch[] =>
  batches.map((batch, place) => (place === 0 ? change(batch) : batch));

const withOutput = (batch: MixedBatch, at: number, output: MixedBatch["ballots"][number]): MixedBatch => ({
  ...batch,
  ballots: batch.ballots.map((ballot, place) => (place === at ? output : ballot)),
});

/** Where the scalars of a proof of shuffle lie, of so many ballots. */
function responsesOf(ballots: number): readonly number[] {
  const lines = Array.from({ length: ballots }, (_, line) => [line * 160 + 96, line * 160 + 128]).flat();
  return [...lines, ...[5, 6, 7, 8].map((field) => ballots * 160 + field * 32)];
}

const MIXING: readonly Forgery[] = [
  cheat("a mixer replaces a ballot by its own", "law", ["mix 2"], {
    mixed: (batches) =>
      inFirst(batches, (batch) => {
        const own = encryptedBallot({ A: multiply(base, 5n), B: multiply(base, 7n) });
        return withOutput(batch, 0, own);
      }),
  }),
  cheat("a mixer puts a ballot twice, in the place of another", "law", ["mix 2"], {
    mixed: (batches) => inFirst(batches, (batch) => withOutput(batch, 0, itemAt(batch.ballots, 1))),
  }),
  cheat("a mixer drops a ballot", "law", ["mix 2"], {
    mixed: (batches) => inFirst(batches, (batch) => ({ ...batch, ballots: batch.ballots.slice(1) })),
  }),
  cheat("a mixer changes a ballot", "ranked", ["mix 2"], {
    mixed: (batches) =>
      inFirst(batches, (batch) => {
        const { A, B } = itemAt(batch.ballots, 0);
        return withOutput(batch, 0, encryptedBallot({ A, B: add(B, base) }));
      }),
  }),
  cheat("a proof of another batch", "single", ["mix 2"], {
    mixed: (batches) => batches.map((batch, place) => ({ ...batch, proof: itemAt(batches, 1 - place).proof })),
  }),
  cheat("a proof of another region's batch", "single", ["mix 2"], {
    mixContext: (context) => ({ ...context, regionId: context.regionId === "1" ? "2" : "1" }),
  }),
  cheat("a proof of another election", "law", ["mix 2"], {
    mixContext: (context) => ({ ...context, electionId: "LAW-13" }),
  }),
  cheat("a proof of another ceremony", "law", ["mix 2"], {
    mixContext: (context) => ({ ...context, ceremony: new Uint8Array(32) }),
  }),
  cheat("a proof of another mixer", "law", ["mix 2"], {
    mixContext: (context) => ({ ...context, mixer: "Parti québécois" }),
  }),
  cheat("a proof of another mix", "law", ["mix 2"], { mixContext: (context) => ({ ...context, mix: 0 }) }),
  cheat("a trustee mixes twice", "law", ["mixers"], { mixers: [1, 1] }),
  cheat("fewer mixes than were agreed", "law", ["mixers", "mix 2"], { mixers: [1] }),
  cheat("more mixes than were agreed", "law", ["mixers"], { mixers: [1, 3, 2] }),
];

/** Every response of a proof of shuffle, more by one. */
export const responseForgeries: readonly Forgery[] = responsesOf(5).map((from, place) =>
  cheat(`response ${place + 1} of a proof of shuffle is more by one`, "ranked", ["mix 2"], {
    mixed: (batches) => inFirst(batches, (batch) => ({ ...batch, proof: oneMore(batch.proof, from) })),
  }),
);

const OPENING: readonly Forgery[] = [
  cheat("one wrong product among an opening's", "law", ["opening by trustee 1"], {
    openings: ([first = new Uint8Array(), ...more]) => {
      const product = decodePoint(first.subarray(64, 96)) ?? base;
      return [changedAt(first, 64, encodePoint(add(product, base))), ...more];
    },
  }),
  cheat("an opening's response is more by one", "law", ["opening by trustee 1"], {
    openings: ([first = new Uint8Array(), ...more]) => [oneMore(first, first.length - 32), ...more],
  }),
  cheat("a trustee hands in two products in each other's place", "law", ["opening by trustee 1"], {
    openings: ([first = new Uint8Array(), ...more]) => {
      const swapped = changedAt(first, 0, first.slice(32, 64));
      return [changedAt(swapped, 32, first.slice(0, 32)), ...more];
    },
  }),
  cheat("the elements that were opened are others", "law", ["combination"], {
    opened: ([first = new Uint8Array(), second = new Uint8Array(), ...more]) =>
      [second, second, ...more].concat(first).slice(0, more.length + 2),
  }),
  cheat("fewer openings than it takes", "law", ["combination"], { openers: [1] }),
  cheat("a marked ballot is counted as if it were not", "law", ["envelopes", "recount all", "recount"], {
    tallies: (tallies) =>
      new Map(
        [...tallies].map(([regionId, tally]): [string, Tally] => {
          const counted = new Map(tally);
          counted.delete(SPOILED);
          return [regionId, counted.set("oui", (tally.get("oui") ?? 0) + 1)];
        }),
      ),
  }),
  cheat("a vote is moved from one answer to the other", "law", ["recount all", "recount"], {
    tallies: (tallies) =>
      new Map(
        [...tallies].map(([regionId, tally]): [string, Tally] => {
          const moved = new Map(tally).set("oui", (tally.get("oui") ?? 0) - 1);
          return [regionId, moved.set("non", (tally.get("non") ?? 0) + 1)];
        }),
      ),
  }),
];

/** The ballot of one voter, put into the box under another voter's key, who signs it. */
function copiedBy(made: MadeElection, { body }: Cast, by: MadeElection["cards"][number]): ReturnType<typeof lineWith> {
  const context = contextFor(made, by.regionId, by.key.voterKey);
  return lineWith(by.regionId, by.key.voterKey, body, signBallot(nodeCards, by.key, context, body));
}

const atHome = (made: MadeElection) => itemAt(made.cards, made.contest.votes.length);
const first = (made: MadeElection) => itemAt(castAll(made), 0);
const adding =
  (line: ReturnType<typeof lineWith>): Lines =>
  (lines) => [...lines, line];

const BALLOTS: readonly Forgery[] = [
  withSecrets("a ballot is copied under another voter's key", "law", ["proofs of ballots"], (made) => ({
    lines: adding(copiedBy(made, first(made), atHome(made))),
  })),
  withSecrets("a ballot is copied into another region", "single", ["proofs of ballots"], (made) => ({
    lines: adding(copiedBy(made, first(made), itemAt(made.cards, made.cards.length - 1))),
  })),
  withSecrets("a ballot for one who stayed at home, without the code", "law", ["signatures of voters"], (made) => ({
    lines: adding(castWith(made, atHome(made), itemAt(made.contest.votes, 0), "at home", itemAt(made.cards, 0)).line),
  })),
  withSecrets("two ballots under one key", "law", ["voter keys"], (made) => ({
    lines: adding(castWith(made, itemAt(made.cards, 0), itemAt(made.contest.votes, 6), "again").line),
  })),
  withSecrets("a ballot under a key that is on no roll", "law", ["voter keys"], (made) => {
    const { card } = first(made);
    return { roll: (cards) => cards.filter(({ number }) => number !== card.number) };
  }),
  withSecrets("a ballot in another region than its key's", "single", ["voter keys"], (made) => ({
    lines: adding(castWith(made, { ...atHome(made), regionId: "2" }, itemAt(made.contest.votes, 3), "moved").line),
  })),
  withSecrets("a ballot under another's tracking code", "law", ["tracking codes"], (made) => ({
    lines: (lines) =>
      lines.map((line) =>
        line.trackingCode === first(made).line.trackingCode ? { ...line, trackingCode: "A".repeat(20) } : line,
      ),
  })),
];

const ROLL: readonly Forgery[] = [
  withSecrets(
    "a key is added to the roll after it was signed",
    "law",
    ["signed roll", "voter keys on the roll"],
    (made) => {
      const number = "999999999";
      const added = { ...atHome(made), number, key: { ...atHome(made).key, voterKey: "A".repeat(43) } };
      return { unsignedRoll: [...made.cards, added] };
    },
  ),
  cheat("a roll that no trustee signed", "law", ["signed roll"], { rollSigners: [] }),
  cheat("a roll that too few trustees signed", "law", ["signed roll"], { rollSigners: [3] }),
];

/** What only the voter who holds a receipt or a card can see. */
const HELD: readonly Forgery[] = [
  {
    name: "a ballot is dropped, of which the voter holds a receipt",
    of: "law",
    foundBy: ["receipt"],
    async forge(folder) {
      const made = await madeElection("law");
      const { trackingCode, regionId } = first(made).line;
      await makeBundle("law", folder, { lines: (lines) => lines.filter((line) => line.trackingCode !== trackingCode) });
      const { electionId } = made.contest.definition;
      const minute = "2026-03-01T14:05:00.000Z";
      const signed = nodeTrustees.sign(made.acknowledgement, acceptanceBytes({ electionId, trackingCode, minute }));
      const publicKey = toBase64Url(nodeTrustees.signingKey(made.acknowledgement));
      const accepted = { minute, publicKey, signature: toBase64Url(signed) };
      const receiptFile = `${folder}.receipt`;
      await mkdir(dirname(folder), { recursive: true });
      const receipt = { format: "scrutin-receipt-1", electionId, regionId, trackingCode, accepted };
      await writeFile(receiptFile, canonicalText(receipt));
      return { receiptFile };
    },
  },
  {
    name: "two voters are shown one tracking code, and one ballot is in the box",
    of: "law",
    // No check fails: the voter whose ballot is missing sees by the card that nothing was cast with it.
    foundBy: [],
    async forge(folder) {
      const made = await madeElection("law");
      const { line, card } = first(made);
      await makeBundle("law", folder, { lines: (lines) => lines.filter(({ voterKey }) => voterKey !== line.voterKey) });
      return { card: { number: card.number, code: card.code } };
    },
  },
];

export const FORGERIES: readonly Forgery[] = [...MIXING, ...OPENING, ...BALLOTS, ...ROLL, ...HELD];
