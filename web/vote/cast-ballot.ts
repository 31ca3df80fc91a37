import type { Credentials } from "#core/credential.ts";
import type { Language } from "#core/language.ts";
import type { Selection } from "#core/selection.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { noteAccepted } from "#web/accepted-ballots.ts";
import { type Api, type BallotBody, slugOf } from "#web/api.ts";
import { type SealedBallot, type SignedBallot, sealBallot, signBallot } from "#web/sealing.ts";
import { alteredCodes, type Casting, deliver, follow, type Pause, type TrackingCodes } from "#web/vote/casting.ts";
import { forget, keep } from "#web/vote/kept.ts";
import { keptReceipt, type Session, sessionOf, updateSession } from "#web/vote/session.ts";

/** Who has signed in to cast a ballot, in memory only: a token is neither stored nor in any address. */
export type SignIn = Readonly<{
  /** The header with it. */
  token: Readonly<Record<string, string>>;
  /** The claim by its name: what the ballot's signature is over. */
  credentials: Credentials;
  /** What the server is told of the token's nonce, in place of credentials. */
  nonce: BallotBody;
}>;

/** Ends early when the browser comes back online. */
export const pause: Pause = (ms) =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
  });

/** Ends every pause now, as the browser does when it is back online. */
export const tryNow = (): void => void dispatchEvent(new Event("online"));

function typedFor(election: PublicElection): Credentials {
  const { credentials } = sessionOf(election.election_id);
  return Object.fromEntries(election.credential_fields.map(({ name }) => [name, credentials[name] ?? ""]));
}

function requestBody(election: PublicElection, regionId: string, voter: BallotBody, ballot: SignedBallot): BallotBody {
  return election.voting_method === "referendum"
    ? { ...voter, law_id: election.election_id, ...ballot }
    : {
        ...voter,
        election_id: election.election_id,
        region_id: regionId,
        voting_method: election.voting_method,
        ...ballot,
      };
}

/** Seals a choice, unless it is sealed already, and signs it for who is at the page; undefined where the browser cannot. */
async function sealAndSign(
  { definition, public_key: publicKey, opening_sha256: opening }: PublicElection,
  regionId: string,
  ballot: Selection | SealedBallot,
  credentials: Credentials,
): Promise<Readonly<{ sealed: SealedBallot; signed: SignedBallot }> | undefined> {
  if (opening === null) return undefined;
  try {
    const sealed =
      "envelope" in ballot ? ballot : await sealBallot({ definition, opening }, publicKey, regionId, ballot);
    return { sealed, signed: await signBallot(definition, regionId, sealed, credentials) };
  } catch {
    return undefined;
  }
}

function changeAt(election: PublicElection, casting: Casting): Partial<Session> {
  const errors = casting.stage === "refused" ? (casting.problem.errors ?? []) : [];
  const typed = errors.filter(({ field }) => election.credential_fields.some(({ name }) => name === field));
  if (typed.length > 0) {
    // A refused field leads back to the form; other refusals replace the stub.
    return { casting: undefined, refusals: Object.fromEntries(typed.map(({ field, message }) => [field, message])) };
  }
  if (casting.stage === "settled" && casting.outcome.status !== "invalid") {
    // The mark and the credentials are no longer needed.
    return { casting, selection: undefined, waiting: undefined, sealed: undefined, credentials: {} };
  }
  return { casting };
}

/** From here a reload keeps the receipt, with a warning that was not noted yet, and nothing of a refused ballot. */
function keepAt(electionId: string, regionId: string, casting: Casting, warned: TrackingCodes | undefined): void {
  if (casting.stage === "queued" || casting.stage === "settled") {
    const { requestId, codes } = casting;
    const before = keptReceipt(electionId);
    const isNew = casting.stage === "queued" && before?.requestId !== requestId;
    if (isNew || (before !== undefined && before.received !== warned?.received)) {
      const received = warned && { received: warned.received };
      keep(
        electionId,
        { kind: "receipt", regionId, requestId, trackingCode: codes.sealed, ...received },
        isNew ? undefined : before?.castAtMs,
      );
    }
  }
  // A ballot sealed before a reload cannot be changed: it stays until discarded.
  if (casting.stage === "refused" && sessionOf(electionId).waiting === undefined) forget(electionId);
}

/** Ends the warning that a ballot was altered, also after a reload. */
export function noteAltered(electionId: string): void {
  updateSession(electionId, { isAlteredNoted: true });
  const kept = keptReceipt(electionId);
  if (kept === undefined) return;
  const { castAtMs, received: _noted, ...receipt } = kept;
  keep(electionId, receipt, castAtMs);
}

/** Updates the session, which the page follows if it is there. */
export function reporter(
  election: PublicElection,
  regionId: string,
  attempt: AbortController,
): (casting: Casting) => void {
  return (casting) => {
    if (attempt.signal.aborted) return;
    const { altered = alteredCodes(casting), isAlteredNoted } = sessionOf(election.election_id);
    keepAt(election.election_id, regionId, casting, isAlteredNoted ? undefined : altered);
    if (casting.stage === "settled" && casting.outcome.status === "accepted") {
      noteAccepted(election, casting.requestId);
    }
    updateSession(election.election_id, { ...changeAt(election, casting), altered, attempt });
  };
}

/**
 * Seals and sends the choice. A ballot sealed before a reload is sent unchanged: if it had arrived, it still counts
 * once.
 */
export async function castBallot(
  api: Api,
  language: Language,
  election: PublicElection,
  regionId: string,
  ballot: Selection | SealedBallot,
  signIn?: SignIn,
): Promise<void> {
  const { election_id: electionId } = election;
  const attempt = new AbortController();
  const report = reporter(election, regionId, attempt);
  updateSession(electionId, { castAtMs: Date.now() });
  report({ stage: "sealing" });
  const credentials = signIn?.credentials ?? typedFor(election);
  const ready = await sealAndSign(election, regionId, ballot, credentials);
  if (ready === undefined) return report({ stage: "unsealable" });
  const { envelope, oneTimeKey, trackingCode } = ready.sealed;
  updateSession(electionId, { sealed: ready.sealed });
  keep(electionId, { kind: "sealed", regionId, envelope, oneTimeKey, trackingCode });
  await deliver({
    api,
    language,
    route: election.voting_method === "referendum" ? "law" : "election",
    body: requestBody(election, regionId, signIn?.nonce ?? credentials, ready.signed),
    token: signIn?.token,
    trackingCode,
    report,
    pause,
    signal: attempt.signal,
  });
}

/** Follows a ballot that was received before a reload. */
export function resumeReceipt(api: Api, language: Language, election: PublicElection): void {
  const receipt = keptReceipt(election.election_id);
  if (receipt === undefined) return;
  followReceipt(api, language, election, receipt);
  updateSession(election.election_id, { castAtMs: receipt.castAtMs });
}

/** After a reload or on another device. */
export function followReceipt(
  api: Api,
  language: Language,
  election: PublicElection,
  {
    regionId,
    requestId,
    trackingCode,
    received = trackingCode,
  }: Readonly<{ regionId: string; requestId: string; trackingCode: string; received?: string | undefined }>,
): void {
  const attempt = new AbortController();
  const report = reporter(election, regionId, attempt);
  const codes = { sealed: trackingCode, received };
  void follow({ api, language, report, pause, signal: attempt.signal }, requestId, codes);
}

/** The page explains these with its own dates. */
export function pollsRefusal(casting: Casting): "voting-closed" | "not-open-yet" | undefined {
  if (casting.stage !== "refused") return undefined;
  const slug = slugOf(casting.problem);
  return slug === "voting-closed" || slug === "not-open-yet" ? slug : undefined;
}
