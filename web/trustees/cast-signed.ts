import type { Language } from "#core/language.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { Api } from "#web/api.ts";
import { type Accepted, forgetBallot, type KeptBallot, keepBallot, keptBallot } from "#web/trustees/kept-ballot.ts";
import type { SignedBallot } from "#web/trustees/worker-messages.ts";
import { pause, reporter } from "#web/vote/cast-ballot.ts";
import { type Casting, deliver } from "#web/vote/casting.ts";
import { updateSession } from "#web/vote/session.ts";

/** Sends a signed ballot until the voting service has it, and follows it. */

const requestOf = (election: PublicElection, regionId: string, { voterKey, ballot, signature }: SignedBallot) => {
  const fields = { voter_key: voterKey, ballot, signature };
  return election.voting_method === "referendum"
    ? { law_id: election.election_id, ...fields }
    : { election_id: election.election_id, region_id: regionId, ...fields };
};

/** The same API, which notes the signature that came with the receipt. */
const noting = (api: Api, note: (accepted: Accepted) => void): Api => ({
  ...api,
  async cast(...args) {
    const answer = await api.cast(...args);
    if (answer.kind === "ok" && answer.body.accepted !== undefined) note(answer.body.accepted);
    return answer;
  },
});

type Cast = Readonly<{ api: Api; language: Language; election: PublicElection; regionId: string }>;

/**
 * @param sign rejects where the ballot cannot be signed any more
 * @param atMs when the voter cast it, in milliseconds since 1970
 */
export async function castSigned(
  { api, language, election, regionId }: Cast,
  sign: () => Promise<SignedBallot>,
  atMs: number,
): Promise<void> {
  const { election_id: electionId } = election;
  const attempt = new AbortController();
  const tell = reporter(election, regionId, attempt);
  const report = (casting: Casting): void => {
    // Once it is there, or refused for good, it is not sent again; the signed answer stays.
    if (casting.stage === "queued") dropSigned(electionId);
    if (casting.stage === "refused" || casting.stage === "unsealable") forgetBallot(electionId);
    tell(casting);
  };
  updateSession(electionId, { castAtMs: atMs });
  report({ stage: "sealing" });
  const signed = await sign().catch(() => undefined);
  if (signed === undefined) return report({ stage: "unsealable" });
  const { trackingCode } = signed;
  keepBallot(electionId, { regionId, atMs, trackingCode, signed });
  await deliver({
    api: noting(api, (accepted) => {
      keepBallot(electionId, { regionId, atMs, trackingCode, signed, accepted });
    }),
    language,
    route: election.voting_method === "referendum" ? "law" : "election",
    body: requestOf(election, regionId, signed),
    trackingCode,
    report,
    pause,
    signal: attempt.signal,
  });
}

function dropSigned(electionId: string): void {
  const kept = keptBallot(electionId, Date.now());
  if (kept?.signed === undefined) return;
  const { signed: _sent, ...rest } = kept;
  keepBallot(electionId, rest);
}

/** A ballot that was cast before a reload, and may not have arrived. */
export const unsentBallot = (kept: KeptBallot | undefined): SignedBallot | undefined => kept?.signed;
