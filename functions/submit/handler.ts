import { createSecretKey, hash as digest, type KeyObject } from "node:crypto";
import * as z from "zod/mini";
import { castStatement } from "#core/cast-statement.ts";
import { votingPhaseAt } from "#core/contest.ts";
import { hashedValues } from "#core/credential.ts";
import { Identifier, type StatedElection } from "#core/election.ts";
import { type KeyedEnvelope, type Sealer, sealEnvelope } from "#core/envelope.ts";
import type { Language } from "#core/language.ts";
import type { Selection } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { fieldErrors } from "#functions/runtime/field-errors.ts";
import { type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";
import { readJsonBody } from "#functions/runtime/json-body.ts";
import { measure } from "#functions/runtime/measure.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import { writeRequestId } from "#functions/runtime/receipt.ts";
import { viewerAddress } from "#functions/runtime/viewer-address.ts";
import { STATUS_MESSAGES, tellCancellation, tellInstant } from "#functions/runtime/voter-messages.ts";
import { readBallotRequest } from "#functions/submit/ballot-request.ts";
import type { VoteReceipt } from "#functions/submit/contract.ts";
import type { Admission, GuessLimits } from "#functions/submit/guess-limits.ts";
import { guessMarks } from "#functions/submit/guess-marks.ts";
import { MAX_BODY_BYTES } from "#functions/submit/requests.ts";
import type { VoterReader } from "#functions/submit/voter.ts";
import { isSignedBy, makeOneTimeKey } from "#storage/ed25519.ts";
import type { Elections } from "#storage/elections-table.ts";
import { sealerTo } from "#storage/hpke.ts";
import { keepAnswers } from "#storage/kept-answers.ts";
import type { Secrets } from "#storage/secrets.ts";
import { stampOf } from "#storage/stamp.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { voterHash } from "#storage/voter-hash.ts";
import type { VotesQueue } from "#storage/votes-queue.ts";
import { importPublicKey } from "#storage/x25519.ts";

export type SubmitDependencies = Readonly<{
  elections: Elections;
  secrets: Pick<Secrets, "bytes">;
  queue: VotesQueue;
  limits: GuessLimits;
  /** Says who a voter is where they sign in. */
  voters: VoterReader;
  viewerAddressHeader: string;
  pepperSecretPrefix: string;
  stampKeySecretPrefix: string;
  receiptKeyPrefix: string;
  now: () => number;
}>;

const LawRoute = z.looseObject({ law_id: Identifier });
const ElectionRoute = z.looseObject({ election_id: Identifier });
const MINUTE_MS = 60_000;
const KEYS_KEPT_FOR_MS = 5 * MINUTE_MS;

/** The time a ballot was cast, to the minute: enough for the rules, too coarse to follow one voter. */
function castAtOf(atMs: number): string {
  return new Date(Math.floor(atMs / MINUTE_MS) * MINUTE_MS).toISOString();
}

/** A sealer for each election's key, made once. */
function createSealers(): (publicKey: string) => Sealer {
  const kept = new Map<string, Sealer>();
  return (publicKey) => {
    const sealer = kept.get(publicKey) ?? sealerTo(importPublicKey(publicKey));
    kept.set(publicKey, sealer);
    return sealer;
  };
}

function messageFor(admission: Admission & { ok: true }, language: Language): string {
  if (!("because" in admission)) return STATUS_MESSAGES.queued[language];
  if (admission.because === "identity") return STATUS_MESSAGES["held-back"][language];
  const minutes = String(Math.ceil(admission.delaySeconds / 60));
  return STATUS_MESSAGES["in-line"][language].replace("{minutes}", minutes);
}

/** Seals a plain choice, under a key that nobody keeps. */
async function seal(
  sealer: Sealer,
  election: StatedElection,
  regionId: string,
  selection: Selection,
): Promise<KeyedEnvelope> {
  const oneTimeKey = makeOneTimeKey();
  return { oneTimeKey, envelope: await sealEnvelope(sealer, election, { regionId, oneTimeKey }, selection) };
}

/**
 * Receives a ballot: checks it against the election's definition, and an envelope's signature against who casts it, hashes the
 * credentials, seals the selection unless the browser did, stamps it, and answers 202 once it is in the queue. The ballot is cast at the time it arrives here. While codes are being
 * guessed, its decision may be delayed, or its sender told to wait; whether it counts is decided later, by `validate`.
 */
export function createSubmitHandler(dependencies: SubmitDependencies): HttpHandler {
  const { elections, secrets, queue, limits, voters, viewerAddressHeader, now } = dependencies;
  const { pepperSecretPrefix, stampKeySecretPrefix, receiptKeyPrefix } = dependencies;
  const sealerFor = createSealers();
  const peppers = keepAnswers<KeyObject>(KEYS_KEPT_FOR_MS, now);
  const stampKeys = keepAnswers<KeyObject>(KEYS_KEPT_FOR_MS, now);
  const receiptKeys = keepAnswers<KeyObject>(KEYS_KEPT_FOR_MS, now);

  return async (event) => {
    const language = languageOf(event);
    const read = readJsonBody(event, MAX_BODY_BYTES);
    if (!read.ok) return problem(read.slug, language);

    const isLaw = event.routeKey.endsWith("/vote") && !event.routeKey.includes("/elections/");
    const named = (isLaw ? LawRoute : ElectionRoute).safeParse(read.body, { reportInput: true });
    if (!named.success)
      return problem("invalid-request", language, { errors: fieldErrors(named.error.issues, language) });
    const namedId = "law_id" in named.data ? named.data.law_id : named.data.election_id;

    const election = await elections.find(String(namedId));
    if (election === undefined || (election.definition.votingMethod === "referendum") !== isLaw) {
      return problem("unknown-election", language);
    }
    const { definition, publicKey, opening } = election;
    const atMs = now();
    const phase = votingPhaseAt(election, atMs);
    if (definition.cancelled !== undefined) {
      return problem("voting-cancelled", language, {
        details: tellCancellation(definition, definition.cancelled, language),
      });
    }
    if (phase !== "open" || opening === undefined) {
      return problem(phase === "closed" ? "voting-closed" : "not-open-yet", language, {
        details: {
          opens: tellInstant(definition, definition.opensAt, language),
          closes: tellInstant(definition, definition.closesAt, language),
        },
      });
    }

    const check = readBallotRequest(definition, read.body, language);
    if (!check.ok) return problem("invalid-request", language, { errors: check.errors });
    const { regionId, ballot } = check.request;
    const { electionId } = definition;
    const voter = await voters(event.headers.authorization, definition, check.request, atMs);
    if (!voter.ok) {
      const { slug, retryAfterSeconds } = voter;
      const details = { issuer: definition.identity?.issuer ?? "", claim: definition.identity?.claim ?? "" };
      return problem(slug, language, { details, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
    }
    if (ballot.kind === "sealed") {
      const statement = castStatement({ ...ballot, electionId, regionId, credentials: voter.typed });
      if (!isSignedBy(ballot.oneTimeKey, statement, ballot.signature)) return problem("wrong-signature", language);
    }

    const key = await receiptKeys(electionId, async () =>
      createSecretKey(await secrets.bytes(`${receiptKeyPrefix}${electionId}`)),
    );
    const pepper = await peppers(definition.electionId, async () =>
      createSecretKey(await secrets.bytes(`${pepperSecretPrefix}${definition.electionId}`)),
    );
    const stampKey = await stampKeys(electionId, async () =>
      createSecretKey(await secrets.bytes(`${stampKeySecretPrefix}${electionId}`)),
    );
    const hash = voterHash(pepper, hashedValues(definition, voter.values, regionId), electionId);
    const address = viewerAddress(event, viewerAddressHeader);
    const marks = guessMarks(pepper, definition, voter.values, address, atMs);
    const admission = await limits({ electionId, marks, hash, atMs });
    if (!admission.ok) {
      const { retryAfterSeconds } = admission;
      return problem("too-many-guesses", language, { retryAfterSeconds, details: { seconds: `${retryAfterSeconds}` } });
    }

    const { oneTimeKey, envelope } =
      ballot.kind === "sealed"
        ? ballot
        : await seal(sealerFor(publicKey), { definition, opening }, regionId, ballot.selection);
    const received = {
      hash,
      electionId,
      regionId,
      oneTimeKey,
      envelope,
      castAt: castAtOf(atMs),
      trackingCode: trackingCodeOf(digest("sha256", trackedBytes({ oneTimeKey, envelope }), "buffer")),
    };
    const vote: VoteMessage = {
      ...received,
      stamp: stampOf(stampKey, received),
      ...(marks.identity !== undefined && { guessedIdentity: marks.identity }),
      guessingAddress: marks.address,
    };
    await queue.send(vote, admission.delaySeconds);
    measure(electionId, { [METRICS.submitted]: 1 });

    const receipt: VoteReceipt = {
      request_id: writeRequestId(key, vote),
      tracking_code: vote.trackingCode,
      status: "queued",
      message: messageFor(admission, language),
    };
    return json(202, receipt);
  };
}
