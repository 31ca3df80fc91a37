import { problem } from "#functions/runtime/http.ts";
import { STATUS_MESSAGES } from "#functions/runtime/voter-messages.ts";
import type { Receive } from "#functions/submit/reception.ts";

/**
 * Ballots at trust level "trustees": the voter key says who votes, and its signature proves it. No pepper is read, and nothing is counted as a
 * guess: whoever tries codes tries them faster against the published roll than here (docs/adr/0120-signed-ballots-on-the-server.md).
 */
export const byVoterKey: Receive = async ({ body, election, language }) => {
  const { definition, ceremony } = election;
  if (ceremony === undefined) throw new Error(`election ${definition.electionId} has no ceremony`);
  const { checkSignedBallot } = await import("#functions/submit/signed-ballot.ts");
  const check = checkSignedBallot({ definition, ceremony }, body, language);
  if (!check.ok) {
    const { slug, errors } = check;
    return { ok: false, answer: problem(slug, language, { ...(errors !== undefined && { errors }) }) };
  }
  const { voterKey, regionId, keyBytes, body: envelope, signature } = check.ballot;
  return {
    ok: true,
    ballot: { hash: voterKey, regionId, oneTimeKey: keyBytes, envelope, signature },
    delaySeconds: 0,
    message: STATUS_MESSAGES.queued[language],
  };
};
