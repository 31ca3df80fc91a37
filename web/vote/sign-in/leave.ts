import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import type { Language } from "#core/language.ts";
import type { Selection } from "#core/selection.ts";
import { nonceBallotBytes, nonceBytes } from "#core/sign-in-nonce.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { go } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { type SealedBallot, sealBallot } from "#web/sealing.ts";
import { api } from "#web/shell/answers.tsx";
import { askElection } from "#web/shell/seen-elections.ts";
import { castBallot, type SignIn } from "#web/vote/cast-ballot.ts";
import { keep, keptFor } from "#web/vote/kept.ts";
import { updateSession, type WaitingBallot } from "#web/vote/session.ts";
import {
  type Asked,
  beginSignIn,
  finishSignIn,
  type Identity,
  NotSignedIn,
  type SignInFault,
} from "#web/vote/sign-in/provider.ts";

/**
 * Leaving for the provider and coming back. Ballots are sealed before: what the tab keeps meanwhile says neither for whom it is nor what
 * is marked.
 */

/** One ballot that a sign-in is for. */
export type ToCast = Readonly<{ election: PublicElection; regionId: string; ballot: Selection | WaitingBallot }>;

/** Kept in the tab while the voter is away. */
type Away = Asked &
  Readonly<{
    identity: Identity;
    salt: string;
    /** Digests, as the nonce is made of. */
    ballots: readonly string[];
    electionIds: readonly string[];
    /** Where the voter was. */
    path: string;
    /** The address that the provider leads back to. */
    back: string;
  }>;

/** Why a sign-in came to nothing, by the path of its ballots; told there once. */
const faults = new Map<string, SignInFault>();

export function takeFault(path: string): SignInFault | undefined {
  const fault = faults.get(path);
  faults.delete(path);
  return fault;
}

const PLACE = "scrutin-sign-in";
const SALT_BYTES = 32;

const bytesOf = (text: string): Uint8Array => fromBase64Url(text) ?? new Uint8Array();

async function sha256(bytes: Uint8Array): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))));
}

const digestOf = ({ envelope, oneTimeKey }: SealedBallot): Promise<string> =>
  sha256(nonceBallotBytes({ oneTimeKey: bytesOf(oneTimeKey.publicKey), envelope: bytesOf(envelope) }));

async function sealed({ election, regionId, ballot }: ToCast): Promise<SealedBallot> {
  if ("envelope" in ballot) return ballot;
  const { definition, public_key: publicKey, opening_sha256: opening } = election;
  if (opening === null) throw new Error("voting is open only with an opening");
  return sealBallot({ definition, opening }, publicKey, regionId, ballot);
}

/** From here on nothing that can be read says what is marked. */
function keepSealed({ election, regionId }: ToCast, { envelope, oneTimeKey, trackingCode }: SealedBallot): void {
  const ballot = { regionId, envelope, oneTimeKey, trackingCode };
  keep(election.election_id, { kind: "sealed", ...ballot });
  updateSession(election.election_id, { selection: undefined, waiting: { ...ballot, sealedAtMs: Date.now() } });
}

/** Seals the ballots and leads to the provider. Returns why not, when it does not answer; then nothing has changed. */
export async function leaveToSignIn(
  language: Language,
  toCast: readonly ToCast[],
  leave = (url: string): void => location.assign(url),
): Promise<SignInFault | undefined> {
  const identity = toCast[0]?.election.identity;
  if (!identity) throw new Error("a sign-in is for a ballot");
  const back = location.origin + writePath(language, { page: "vote", electionId: "signed-in" });
  const salt = toBase64Url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  let ballots: readonly string[] = [];
  try {
    const { url, asked } = await beginSignIn(identity, back, language, async () => {
      const all = await Promise.all(toCast.map(sealed));
      all.forEach((ballot, at) => {
        const one = toCast[at];
        if (one !== undefined) keepSealed(one, ballot);
      });
      ballots = await Promise.all(all.map(digestOf));
      return sha256(nonceBytes(salt, ballots));
    });
    const electionIds = toCast.map(({ election }) => election.election_id);
    const away: Away = { ...asked, identity, salt, ballots, electionIds, path: location.pathname, back };
    sessionStorage.setItem(PLACE, JSON.stringify(away));
    // The back button leads to what has become of the ballot.
    history.replaceState({ ...history.state, step: "stub" }, "");
    leave(url);
    return undefined;
  } catch (error) {
    if (error instanceof NotSignedIn) return error.fault;
    throw error;
  }
}

/** Given out once. Our own, in this tab's own storage. */
function takeAway(): Away | undefined {
  const text = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  return text === null ? undefined : JSON.parse(text);
}

/** Casts the sealed ballots; what they are for was loaded before the voter left, and may have to be loaded again. */
async function castAll(language: Language, electionIds: readonly string[], signIn: SignIn): Promise<void> {
  const asked = await Promise.all(electionIds.map((id) => askElection(language, id)));
  for (const answer of asked) {
    if (answer.kind !== "ok") throw new NotSignedIn("offline");
  }
  for (const answer of asked) {
    const sealedBallot = answer.kind === "ok" ? keptFor(answer.body.election_id) : undefined;
    if (answer.kind !== "ok" || sealedBallot?.kept.kind !== "sealed") continue;
    const { kind: _, ...waiting } = sealedBallot.kept;
    updateSession(answer.body.election_id, { waiting: { ...waiting, sealedAtMs: sealedBallot.atMs } });
    void castBallot(api, language, answer.body, waiting.regionId, waiting, signIn);
  }
}

/** Goes back to the ballot, which is cast if its voter has signed in. Returns its address when it was given up meanwhile. */
export async function comeBack(language: Language): Promise<string | undefined> {
  const answer = new URLSearchParams(location.search);
  // The code is good once, and leaves the address and the history all the same.
  history.replaceState(history.state, "", location.pathname);
  const away = takeAway();
  if (away === undefined) {
    go({ path: writePath(language, { page: "home" }) }, "replace");
    return undefined;
  }
  const { identity, electionIds, path, back } = away;
  if (!electionIds.every((id) => keptFor(id)?.kept.kind === "sealed")) return path;
  try {
    const { token, claim } = await finishSignIn(identity, away, back, answer);
    const signIn = {
      ...{ token: { authorization: `Bearer ${token}` }, credentials: { [identity.claim]: claim } },
      nonce: { nonce_salt: away.salt, nonce_ballots: away.ballots },
    };
    await castAll(language, electionIds, signIn);
    go({ path, step: "stub" }, "replace");
  } catch (error) {
    if (!(error instanceof NotSignedIn)) throw error;
    faults.set(path, error.fault);
    go({ path, step: "review" }, "replace");
  }
  return undefined;
}
