import { createSecretKey, type KeyObject } from "node:crypto";
import { castStatement } from "#core/cast-statement.ts";
import { hashedValues } from "#core/credential.ts";
import type { StatedElection } from "#core/election.ts";
import { type KeyedEnvelope, type Sealer, sealEnvelope } from "#core/envelope.ts";
import type { Language } from "#core/language.ts";
import type { Selection } from "#core/selection.ts";
import { problem } from "#functions/runtime/http.ts";
import { viewerAddress } from "#functions/runtime/viewer-address.ts";
import { STATUS_MESSAGES } from "#functions/runtime/voter-messages.ts";
import { readBallotRequest } from "#functions/submit/ballot-request.ts";
import type { Admission, GuessLimits } from "#functions/submit/guess-limits.ts";
import { guessMarks } from "#functions/submit/guess-marks.ts";
import type { Receive } from "#functions/submit/reception.ts";
import type { VoterReader } from "#functions/submit/voter.ts";
import { isSignedBy, makeOneTimeKey } from "#storage/ed25519.ts";
import { sealerTo } from "#storage/hpke.ts";
import { keepAnswers } from "#storage/kept-answers.ts";
import type { Secrets } from "#storage/secrets.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { importPublicKey } from "#storage/x25519.ts";

/** Ballots at trust level "live": credentials or a token say who votes, and the choice is sealed to the election's key. */

type Dependencies = Readonly<{
  secrets: Pick<Secrets, "bytes">;
  limits: GuessLimits;
  voters: VoterReader;
  viewerAddressHeader: string;
  pepperSecretPrefix: string;
  keysKeptForMs: number;
  now: () => number;
}>;

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
 * Checks a ballot against the election's definition, and an envelope's signature against who casts it, hashes the credentials, and seals the
 * selection unless the browser did. While codes are being guessed, its decision may be delayed, or its sender told to wait.
 */
export function createByCredentials(dependencies: Dependencies): Receive {
  const { secrets, limits, voters, viewerAddressHeader, pepperSecretPrefix, keysKeptForMs, now } = dependencies;
  const sealerFor = createSealers();
  const peppers = keepAnswers<KeyObject>(keysKeptForMs, now);

  return async ({ event, body, election, language, atMs }) => {
    const { definition, publicKey, opening } = election;
    const { electionId } = definition;
    const check = readBallotRequest(definition, body, language);
    if (!check.ok) return { ok: false, answer: problem("invalid-request", language, { errors: check.errors }) };
    const { regionId, ballot } = check.request;
    const voter = await voters(event.headers.authorization, definition, check.request, atMs);
    if (!voter.ok) {
      const { slug, retryAfterSeconds } = voter;
      const details = { issuer: definition.identity?.issuer ?? "", claim: definition.identity?.claim ?? "" };
      const retry = retryAfterSeconds !== undefined && { retryAfterSeconds };
      return { ok: false, answer: problem(slug, language, { details, ...retry }) };
    }
    if (ballot.kind === "sealed") {
      const statement = castStatement({ ...ballot, electionId, regionId, credentials: voter.typed });
      if (!isSignedBy(ballot.oneTimeKey, statement, ballot.signature))
        return { ok: false, answer: problem("wrong-signature", language) };
    }

    const pepper = await peppers(electionId, async () =>
      createSecretKey(await secrets.bytes(`${pepperSecretPrefix}${electionId}`)),
    );
    const hash = voterHash(pepper, hashedValues(definition, voter.values, regionId), electionId);
    const address = viewerAddress(event, viewerAddressHeader);
    const marks = guessMarks(pepper, definition, voter.values, address, atMs);
    const admission = await limits({ electionId, marks, hash, atMs });
    if (!admission.ok) {
      const { retryAfterSeconds } = admission;
      const details = { seconds: `${retryAfterSeconds}` };
      return { ok: false, answer: problem("too-many-guesses", language, { retryAfterSeconds, details }) };
    }

    const { oneTimeKey, envelope } =
      ballot.kind === "sealed"
        ? ballot
        : await seal(sealerFor(publicKey), { definition, opening }, regionId, ballot.selection);
    return {
      ok: true,
      ballot: {
        ...{ hash, regionId, oneTimeKey, envelope, guessingAddress: marks.address },
        ...(marks.identity !== undefined && { guessedIdentity: marks.identity }),
      },
      delaySeconds: admission.delaySeconds,
      message: messageFor(admission, language),
    };
  };
}
