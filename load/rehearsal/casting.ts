import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { toBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { envelopeBytes } from "#core/envelope.ts";
import type { Selection } from "#core/selection.ts";
import { VoteReceipt } from "#functions/submit/contract.ts";
import { VoteStatus } from "#functions/vote-status/contract.ts";
import type { Ballots } from "#load/rehearsal/contests/contest.ts";
import type { Day } from "#load/rehearsal/day.ts";
import type { Poll } from "#load/rehearsal/poll.ts";
import { type FreshVoter, requestOf, seal } from "#load/shared/ballots.ts";
import { exchange } from "#load/shared/exchange.ts";
import { inFlight } from "#storage/in-flight.ts";

/** Ballots as voters cast them: every third plain, by the API, and the others sealed, as the site does it. */

const PLAIN_EVERY = 3;
const AT_ONCE = 8;
const DECIDED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Whether an envelope holds no ballot that opens. */
export const isNoise = (says: string): boolean => says === "spoiled" || says === "copy";

export function selectionOf(says: string, { votingMethod }: Pick<ElectionDefinition, "votingMethod">): Selection {
  if (says === "blank") return { kind: "blank" };
  switch (votingMethod) {
    case "referendum":
      return { kind: "choice", choice: says === "oui" ? "oui" : "non" };
    case "single_choice":
      return { kind: "candidate", candidateId: says };
    case "choose":
      return { kind: "marks", candidateIds: says.split("+") };
    default:
      return { kind: "ranking", candidateIds: says.split(">") };
  }
}

/** The envelope in place of the ballot that it should hold: noise, or one copied; undefined for a good ballot. */
function foreignEnvelope({ election, firstEnvelope }: Poll, says: string): string | undefined {
  if (says === "copy") return firstEnvelope;
  return says === "spoiled" ? toBase64Url(randomBytes(envelopeBytes(election.definition))) : undefined;
}

export type Cast = Readonly<{ status: number; text: string }>;

/** Hands in a ballot. @param isPlain whether the API seals it */
export async function cast({ url }: Day, poll: Poll, voter: FreshVoter, says: string, isPlain = false): Promise<Cast> {
  const foreign = foreignEnvelope(poll, says);
  const selection = foreign === undefined ? selectionOf(says, poll.election.definition) : ({ kind: "blank" } as const);
  const ballot = { ...poll.election, voter, selection };
  const sealed = isPlain && foreign === undefined ? undefined : await seal(ballot, foreign);
  poll.firstEnvelope ??= sealed?.envelope;
  const { path, body } = requestOf(ballot, sealed?.signed);
  return exchange(`${url}${path}`, body);
}

/** `accepted`, `duplicate`, or `invalid: reissued` and the like; the status where it was not received. */
export async function outcomeOf({ url }: Day, { status, text }: Cast): Promise<string> {
  if (status !== 202) return String(status);
  const { request_id } = VoteReceipt.parse(JSON.parse(text));
  const until = Date.now() + DECIDED_WITHIN_MS;
  for (;;) {
    const answer = await exchange(`${url}/api/v1/votes/${request_id}`);
    const found = VoteStatus.parse(JSON.parse(answer.text));
    if (found.status !== "queued")
      return [found.status, ...(found.reason === undefined ? [] : [found.reason])].join(": ");
    if (Date.now() > until) return "queued";
    await pause(LOOK_EVERY_MS);
  }
}

/** Casts one ballot and compares what becomes of it. */
export async function castOne(
  day: Day,
  poll: Poll,
  voter: FreshVoter,
  says: string,
  mustBecome: string,
  who: string,
): Promise<void> {
  const receipt = await cast(day, poll, voter, says);
  const outcome = await outcomeOf(day, receipt);
  day.diary.must(who, mustBecome, outcome);
  if (outcome === "accepted") keep(poll, voter, says, receipt);
}

function keep(poll: Poll, voter: FreshVoter, says: string, { text }: Cast): void {
  poll.voted.push(voter);
  if (!isNoise(says)) poll.trackingCode = VoteReceipt.parse(JSON.parse(text)).tracking_code;
}

const told = (outcomes: ReadonlyMap<string, number>): string =>
  [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(", ");

/** The next of a region votes. Returns what becomes of the ballot. */
async function castNext(day: Day, poll: Poll, regionId: string, says: string, isPlain: boolean): Promise<string> {
  const voter = poll.next(regionId);
  const receipt = await cast(day, poll, voter, says, isPlain);
  const outcome = await outcomeOf(day, receipt);
  if (outcome === "accepted") keep(poll, voter, says, receipt);
  return outcome;
}

/** Casts ballots by those who have not voted; all must be accepted. */
export async function castAll(day: Day, poll: Poll, lines: readonly Ballots[]): Promise<void> {
  const ballots = lines.flatMap(([regionId, count, says]) =>
    Array.from({ length: count }, () => [regionId, says] as const),
  );
  const outcomes = new Map<string, number>();
  await inFlight(ballots.entries(), AT_ONCE, async ([index, [regionId, says]]) => {
    const outcome = await castNext(day, poll, regionId, says, index % PLAIN_EVERY === 0);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  });
  day.diary.must(`${poll.contest.electionId}: ballots`, `${ballots.length} accepted`, told(outcomes));
}

/** Visits to a paper: each person answers every question, and each answer is a ballot of its own. */
export async function castVisits(
  day: Day,
  questions: readonly (readonly [Poll, regionId: string])[],
  visits: readonly (readonly [visits: number, ...answers: readonly string[]])[],
): Promise<void> {
  const outcomes = new Map<string, number>();
  const all = visits.flatMap(([count, ...answers]) => Array.from({ length: count }, () => answers));
  for (const [index, answers] of all.entries()) {
    const casts = questions.map(([poll, regionId], question) =>
      castNext(day, poll, regionId, answers[question] ?? "", index % PLAIN_EVERY === 0),
    );
    for (const outcome of await Promise.all(casts)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  day.diary.must("ballots of all visits", `${all.length * questions.length} accepted`, told(outcomes));
}
