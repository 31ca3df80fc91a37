import type { Language } from "#core/language.ts";
import type { Selection } from "#core/selection.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { noteAccepted } from "#web/accepted-ballots.ts";
import { type Api, type BallotBody, slugOf } from "#web/api.ts";
import { sealBallot } from "#web/sealing.ts";
import { type Casting, deliver, type Pause } from "#web/vote/casting.ts";
import { type Session, sessionOf, updateSession } from "#web/vote/session.ts";

/** Waits, but tries again at once when the browser is back online. */
const pause: Pause = (ms) =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
  });

function requestBody(election: PublicElection, regionId: string, envelope: string): BallotBody {
  const { credentials } = sessionOf(election.election_id);
  const typed = Object.fromEntries(election.credential_fields.map(({ name }) => [name, credentials[name] ?? ""]));
  return election.voting_method === "referendum"
    ? { ...typed, law_id: election.election_id, envelope }
    : {
        ...typed,
        election_id: election.election_id,
        region_id: regionId,
        voting_method: election.voting_method,
        envelope,
      };
}

/** What a step of the casting changes in the session. */
function changeAt(election: PublicElection, casting: Casting): Partial<Session> {
  const errors = casting.stage === "refused" ? (casting.problem.errors ?? []) : [];
  const typed = errors.filter(({ field }) => election.credential_fields.some(({ name }) => name === field));
  if (typed.length > 0) {
    // A refusal of what was typed leads back to the fields; any other is shown in place of the stub.
    return { casting: undefined, refusals: Object.fromEntries(typed.map(({ field, message }) => [field, message])) };
  }
  if (casting.stage === "settled" && casting.outcome.status !== "invalid") {
    // The ballot is spent: what the voter marked and typed has no further use here.
    return { casting, selection: undefined, credentials: {} };
  }
  return { casting };
}

/** Seals the voter's choice and sends it, showing how far it has come in the session. */
export async function castBallot(
  api: Api,
  language: Language,
  election: PublicElection,
  regionId: string,
  selection: Selection,
): Promise<void> {
  const attempt = new AbortController();
  const report = (casting: Casting): void => {
    if (attempt.signal.aborted) return;
    if (casting.stage === "settled" && casting.outcome.status === "accepted") {
      noteAccepted(election.election_id, casting.requestId);
    }
    updateSession(election.election_id, { ...changeAt(election, casting), attempt });
  };
  report({ stage: "sealing" });
  const sealed = await sealBallot(election.definition, election.public_key, regionId, selection).catch(() => undefined);
  if (sealed === undefined) return report({ stage: "unsealable" });
  await deliver({
    api,
    language,
    route: election.voting_method === "referendum" ? "law" : "election",
    body: requestBody(election, regionId, sealed.envelope),
    trackingCode: sealed.trackingCode,
    report,
    pause,
    signal: attempt.signal,
  });
}

/** Whether a refusal means that the polls are closed or not open yet, which the page explains with its own dates. */
export function pollsRefusal(casting: Casting): "voting-closed" | "not-open-yet" | undefined {
  if (casting.stage !== "refused") return undefined;
  const slug = slugOf(casting.problem);
  return slug === "voting-closed" || slug === "not-open-yet" ? slug : undefined;
}
