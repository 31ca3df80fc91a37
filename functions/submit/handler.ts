import { createSecretKey, hash as digest, type KeyObject } from "node:crypto";
import * as z from "zod/mini";
import { isTrustees, votingPhaseAt } from "#core/contest.ts";
import { Identifier } from "#core/election.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { fieldErrors } from "#functions/runtime/field-errors.ts";
import { type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";
import { readJsonBody } from "#functions/runtime/json-body.ts";
import { measure } from "#functions/runtime/measure.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import { writeRequestId } from "#functions/runtime/receipt.ts";
import { tellCancellation, tellInstant } from "#functions/runtime/voter-messages.ts";
import { createAcknowledgements } from "#functions/submit/acknowledgement.ts";
import { createByCredentials } from "#functions/submit/by-credentials.ts";
import { byVoterKey } from "#functions/submit/by-voter-key.ts";
import type { VoteReceipt } from "#functions/submit/contract.ts";
import type { GuessLimits } from "#functions/submit/guess-limits.ts";
import { MAX_BODY_BYTES } from "#functions/submit/requests.ts";
import type { VoterReader } from "#functions/submit/voter.ts";
import type { Elections } from "#storage/elections-table.ts";
import { keepAnswers } from "#storage/kept-answers.ts";
import type { Secrets } from "#storage/secrets.ts";
import { stampOf } from "#storage/stamp.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import type { VotesQueue } from "#storage/votes-queue.ts";

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
  acknowledgementKeyPrefix: string;
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

/**
 * Receives a ballot: checks it as its election asks (by-credentials.ts, by-voter-key.ts), stamps it, and answers 202 once it is in the queue. The
 * ballot is cast at the time it arrives here; whether it counts is decided later, by `validate`.
 */
export function createSubmitHandler(dependencies: SubmitDependencies): HttpHandler {
  const { elections, secrets, queue, now } = dependencies;
  const { stampKeySecretPrefix, receiptKeyPrefix } = dependencies;
  const keysKeptForMs = KEYS_KEPT_FOR_MS;
  const byCredentials = createByCredentials({ ...dependencies, keysKeptForMs });
  const acknowledge = createAcknowledgements({ ...dependencies, keysKeptForMs });
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
    const { definition, opening } = election;
    const { electionId } = definition;
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

    const receive = isTrustees(definition) ? byVoterKey : byCredentials;
    const reception = await receive({ event, body: read.body, election: { ...election, opening }, language, atMs });
    if (!reception.ok) return reception.answer;
    const { ballot, delaySeconds, message } = reception;

    const key = await receiptKeys(electionId, async () =>
      createSecretKey(await secrets.bytes(`${receiptKeyPrefix}${electionId}`)),
    );
    const stampKey = await stampKeys(electionId, async () =>
      createSecretKey(await secrets.bytes(`${stampKeySecretPrefix}${electionId}`)),
    );
    const received = {
      ...ballot,
      electionId,
      castAt: castAtOf(atMs),
      trackingCode: trackingCodeOf(digest("sha256", trackedBytes(ballot), "buffer")),
    };
    const vote: VoteMessage = { ...received, stamp: stampOf(stampKey, received) };
    // Before the queue has it, so that whatever fails here leaves nothing behind; the voter is told only afterwards.
    const accepted = isTrustees(definition) ? await acknowledge(vote) : undefined;
    await queue.send(vote, delaySeconds);
    measure(electionId, { [METRICS.submitted]: 1 });

    const receipt: VoteReceipt = {
      request_id: writeRequestId(key, vote),
      tracking_code: vote.trackingCode,
      status: "queued",
      message,
      ...(accepted !== undefined && { accepted }),
    };
    return json(202, receipt);
  };
}
