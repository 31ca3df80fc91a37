import { createPrivateKey, type KeyObject } from "node:crypto";
import { toBase64Url } from "#core/bytes.ts";
import { contestRegionIds } from "#core/contest.ts";
import { type BallotContext, makeBallot } from "#core/trustees/ballot.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import type { TrusteeBoxLine } from "#core/trustees/bundle/box-line.ts";
import { ballotTrackingCode, type CardKey, cardKey, signBallot } from "#core/trustees/card-key.ts";
import { decodePoint, encodePoint, type Point } from "#core/trustees/group.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import { CODE_ALPHABET, checkCharacterOf } from "#core/voting-code.ts";
import { CONTESTS, type Contest, type ContestName, type Vote } from "#load/trustees/contests.ts";
import { holdCeremony, type MadeCeremony, publicKeyBytes } from "#load/trustees/made-ceremony.ts";
import { seedOf } from "#load/trustees/seeds.ts";
import { nodeCards } from "#storage/card-engine.ts";

/** An election whose every secret follows from its name: cards, ballots, and the keys of office, registrar and trustees. */

export type MadeCard = Readonly<{ number: string; code: string; regionId: string; key: CardKey }>;

export type MadeElection = Readonly<{
  name: ContestName;
  seed: string;
  contest: Contest;
  ceremony: MadeCeremony;
  /** Who votes, in the order of votes, and then who stays at home. */
  cards: readonly MadeCard[];
  /** Signs opening, box and certificate. */
  officeKey: KeyObject;
  /** 32 secret bytes. */
  registrar: Uint8Array;
  acknowledgement: Uint8Array;
}>;

const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const signingKey = (secret: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: "der", type: "pkcs8" });

const RANDOM_CHARACTERS = 12;

function codeOf(seed: Uint8Array): string {
  const letters = [...seed.subarray(0, RANDOM_CHARACTERS)].map((byte) =>
    CODE_ALPHABET.charAt(byte % CODE_ALPHABET.length),
  );
  return `${letters.join("")}${checkCharacterOf(letters.join(""))}`;
}

/** @param folder where the ceremony's folder is written, if anywhere */
export async function madeElection(name: ContestName, folder?: string): Promise<MadeElection> {
  const contest = CONTESTS[name]();
  const { electionId } = contest.definition;
  const seed = `scrutin made ${electionId}`;
  const cardAt = (place: number, regionId: string): MadeCard => {
    const number = String(100_000_000 + place);
    const code = codeOf(seedOf(`${seed} card ${place}`));
    return { number, code, regionId, key: cardKey(nodeCards, { electionId, number, code }) };
  };
  const atHome = contestRegionIds(contest.definition).flatMap((regionId) =>
    Array.from({ length: contest.atHome }, () => regionId),
  );
  const regionIds = [...contest.votes.map(({ regionId }) => regionId), ...atHome];
  return {
    ...{ name, seed, contest },
    ceremony: await holdCeremony(seed, contest.definition, folder),
    cards: regionIds.map((regionId, place) => cardAt(place, regionId)),
    officeKey: signingKey(seedOf(`${seed} office`)),
    registrar: seedOf(`${seed} registrar`),
    acknowledgement: seedOf(`${seed} acknowledgement`),
  };
}

export function contextFor(
  { ceremony: { ceremony }, contest }: MadeElection,
  regionId: string,
  voterKey: string,
): BallotContext {
  const { definition } = contest;
  return {
    ...{ publicKey: publicKeyBytes(ceremony), ballotDigest: ballotDigest(definition) },
    ...{ electionId: definition.electionId, regionId, voterKey },
  };
}

/** The next element after a selection's own that says the same to whoever reads only its bytes. */
function markedElement(own: Point): Point {
  const bytes = encodePoint(own);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let counter = view.getUint16(0, true) + 2; ; counter += 2) {
    view.setUint16(0, counter, true);
    const point = decodePoint(bytes);
    if (point !== undefined) return point;
  }
}

export type Cast = Readonly<{ line: TrusteeBoxLine; body: Uint8Array; card: MadeCard }>;

export function lineWith(regionId: string, voterKey: string, body: Uint8Array, signature: Uint8Array): TrusteeBoxLine {
  return {
    ...{ regionId, voterKey, trackingCode: ballotTrackingCode(voterKey, body) },
    ...{ body: toBase64Url(body), signature: toBase64Url(signature) },
  };
}

/** A ballot, made and signed with a card. @param signer another card, whose key signs it all the same */
export function castWith(made: MadeElection, card: MadeCard, vote: Vote, what: string, signer = card): Cast {
  const context = contextFor(made, vote.regionId, card.key.voterKey);
  const own = encodeSelection(made.contest.definition, vote.regionId, vote.selection);
  const element = vote.isMarked === true ? markedElement(own) : own;
  const body = makeBallot(context, element, seedOf(`${made.seed} ballot ${what}`));
  const key = { seed: signer.key.seed, voterKey: card.key.voterKey };
  const signature = signBallot(nodeCards, key, context, body);
  return { line: lineWith(vote.regionId, card.key.voterKey, body, signature), body, card };
}

/** The ballots of all who vote. */
export const castAll = (made: MadeElection): readonly Cast[] =>
  made.contest.votes.map((vote, place) => {
    const card = made.cards[place];
    if (card === undefined) throw new RangeError("each vote has a card");
    return castWith(made, card, vote, String(place));
  });
