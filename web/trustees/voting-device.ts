import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { type BallotContext, makeBallot, SEED_BYTES } from "#core/trustees/ballot.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import {
  ballotTrackingCode,
  type CardEngine,
  type CardKey,
  cardKey,
  signBallot,
  type Verifier,
} from "#core/trustees/card-key.ts";
import { ceremonyDigest, ceremonyFaults } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import type { RandomBytes } from "#core/trustees/group.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import { writeTestLink } from "#web/trustees/test-link.ts";
import type { AskedDevice, CeremonyRefusal, ToldDevice } from "#web/trustees/worker-messages.ts";

/**
 * Makes a voter's ballot at level "trustees": beside the page, since the code's key takes its time.
 *
 * A sealed ballot is either signed or opened, once: what is opened is never signed, and its seed tells nothing of the card's key. Either way
 * seed and key are overwritten, as far as JavaScript allows (docs/trust.md).
 */

export type Tools = Readonly<{ engine: CardEngine; verify: Verifier; random: RandomBytes }>;

type Known = Readonly<{ definition: ElectionDefinition; ceremony: Ceremony }>;
type Sealed = Readonly<{
  key: CardKey;
  context: BallotContext;
  selection: Extract<AskedDevice, { kind: "seal" }>["selection"];
  seed: Uint8Array;
  body: Uint8Array;
}>;

const bytesIn = (text: string): Uint8Array => fromBase64Url(text) ?? new Uint8Array();

/** Why no ballot may be sealed for what the page shows. */
function refusalOf(verify: Verifier, asked: Extract<AskedDevice, { kind: "know" }>): CeremonyRefusal | undefined {
  const { definition, ceremony, words } = asked;
  if (ceremony.electionId !== definition.electionId) return "question";
  if (toBase64Url(ballotDigest(definition)) !== ceremony.ballotDigest) return "question";
  if (ceremonyFaults(verify, ceremony) !== undefined) return "ceremony";
  const read = wordsOf("ceremony", ceremonyDigest(recordIn(ceremony)));
  return read.en === words.en && read.fr === words.fr ? undefined : "ceremony";
}

export function votingDevice({ engine, verify, random }: Tools): (asked: AskedDevice) => Promise<ToldDevice> {
  let known: Known | undefined;
  let sealed: Sealed | undefined;

  const forget = (): void => {
    sealed?.key.seed.fill(0);
    sealed?.seed.fill(0);
    sealed = undefined;
  };
  const seal = (asked: Extract<AskedDevice, { kind: "seal" }>): ToldDevice => {
    forget();
    if (known === undefined) return { kind: "failed" };
    const { definition, ceremony } = known;
    const { electionId } = definition;
    const { regionId, selection, number, code } = asked;
    const M = encodeSelection(definition, regionId, selection);
    const key = cardKey(engine, { electionId, number, code });
    const { voterKey } = key;
    const context = {
      publicKey: bytesIn(ceremony.publicKey),
      ballotDigest: bytesIn(ceremony.ballotDigest),
      electionId,
      regionId,
      voterKey,
    };
    const seed = random(SEED_BYTES);
    const body = makeBallot(context, M, seed);
    sealed = { key, context, selection, seed, body };
    return { kind: "sealed", trackingCode: ballotTrackingCode(voterKey, body) };
  };
  const cast = (): ToldDevice => {
    if (sealed === undefined) return { kind: "failed" };
    const { key, context, body } = sealed;
    const signature = signBallot(engine, key, context, body);
    const { voterKey } = key;
    forget();
    const trackingCode = ballotTrackingCode(voterKey, body);
    return {
      kind: "signed",
      signed: { voterKey, ballot: toBase64Url(body), signature: toBase64Url(signature), trackingCode },
    };
  };
  const test = async (): Promise<ToldDevice> => {
    if (sealed === undefined || known === undefined) return { kind: "failed" };
    const { context, selection } = sealed;
    const seed = sealed.seed.slice();
    // Before anything is awaited: what is opened cannot be cast any more.
    forget();
    return { kind: "opened", fragment: await writeTestLink({ ...context, seed, selection }, known.definition) };
  };

  return async (asked) => {
    switch (asked.kind) {
      case "know": {
        forget();
        const fault = refusalOf(verify, asked);
        known = fault === undefined ? { definition: asked.definition, ceremony: asked.ceremony } : undefined;
        return { kind: "known", fault };
      }
      case "seal":
        return seal(asked);
      case "cast":
        return cast();
      case "test":
        return test();
      case "forget":
        forget();
        return { kind: "forgotten" };
      default:
        return asked satisfies never;
    }
  };
}
