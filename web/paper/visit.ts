import { votingRegionId } from "#core/contest.ts";
import { type Credentials, checkCredentials } from "#core/credential.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { Place } from "#web/navigation.ts";
import { ballotOf, type Session } from "#web/vote/session.ts";

/** One visit to a paper: which of its questions are asked, and what is shown of them next. */

export type Question = Readonly<{
  election: PublicElection;
  /** Undefined until the voter has chosen one, where there are regions. */
  regionId: string | undefined;
  session: Session;
}>;

/** A question whose ballot can be cast as it is. */
export type ReadyQuestion = Question & Readonly<{ regionId: string; ballot: NonNullable<ReturnType<typeof ballotOf>> }>;

/** What the voter sees; of a ballot, for which question. */
export type Sight =
  | Readonly<{ step: "region" | "identity" | "review" | "stub" }>
  | Readonly<{ step: "ballot"; question: Question }>;

/** Those that can be voted on now, and those whose ballots were cast before voting ended. */
export function questionsAsked(
  elections: readonly PublicElection[],
  linkedRegionId: string | undefined,
  sessionOf: (electionId: string) => Session,
): readonly Question[] {
  return elections.flatMap((election) => {
    const { definition, election_id: electionId, status } = election;
    const session = sessionOf(electionId);
    if (status !== "open" && session.casting === undefined) return [];
    return [{ election, session, regionId: session.waiting?.regionId ?? votingRegionId(definition, linkedRegionId) }];
  });
}

/** Those for which nothing was sealed yet. */
export const markable = (questions: readonly Question[]): readonly Question[] =>
  questions.filter(({ session }) => session.casting === undefined && session.waiting === undefined);

export const readyOf = (questions: readonly Question[]): readonly ReadyQuestion[] =>
  questions.flatMap((question) => {
    const { election, regionId, session } = question;
    if (regionId === undefined || session.casting !== undefined) return [];
    const ballot = ballotOf(election.definition, regionId, session);
    return ballot === undefined ? [] : [{ ...question, regionId, ballot }];
  });

/** Typed once, for all questions that will be cast. */
export const typedFor = (questions: readonly Question[]): Credentials =>
  Object.assign({}, ...questions.map(({ session }) => session.credentials));

export const refusalsOf = (questions: readonly Question[]): Credentials =>
  Object.assign({}, ...questions.map(({ session }) => session.refusals));

const isRefused = (questions: readonly Question[]): boolean => Object.keys(refusalsOf(questions)).length > 0;

/** Whether it was typed in full who the voter is. */
export function isTyped(questions: readonly Question[]): boolean {
  const toCast = readyOf(questions);
  const [first] = toCast;
  return first !== undefined && checkCredentials(first.election.definition, typedFor(toCast)).ok;
}

/**
 * What is shown where the voter wants to be: that, or what comes before it.
 * @param isKnown whether who the voter is has been typed in full
 */
export function sightAt({ step, question }: Place, questions: readonly Question[], isKnown: boolean): Sight {
  const toMark = markable(questions);
  const toCast = readyOf(questions);
  const isStarted = toMark.length < questions.length;
  const isCast = questions.some(({ session }) => session.casting !== undefined);
  const isWaiting = toCast.some(({ session }) => session.waiting !== undefined);
  const lacksRegion = toMark.some(({ regionId, session }) => regionId === undefined && !session.isLeftOut);
  const asked = step === "ballot" ? toMark.find(({ election }) => election.election_id === question) : undefined;

  if (step === "stub" && isStarted && (isCast || !isRefused(toCast))) return { step };
  // After a reload while casting, first show what is waiting.
  if (lacksRegion && (!isStarted || (step === "ballot" && !isWaiting))) return { step: "region" };
  if (isStarted && (step === "ballot" ? asked === undefined : toCast.length === 0)) return { step: "stub" };
  const undecided = toMark.find((one) => !one.session.isLeftOut && readyOf([one]).length === 0);
  const missing = isStarted ? undefined : (undecided ?? (toCast.length === 0 ? toMark[0] : undefined));
  const shown = step === "ballot" ? (asked ?? toMark[0]) : missing;
  if (shown !== undefined) return { step: "ballot", question: shown };
  // Who signs in does so last.
  if (questions.every(({ election }) => election.definition.identity !== undefined)) return { step: "review" };
  return { step: step === "identity" || !isKnown || isRefused(toCast) ? "identity" : "review" };
}

/** The other questions, from one that was dealt with: those before it, nearest first, or those after. */
export function neighbour(questions: readonly Question[], of: Question, by: -1 | 1): Question | undefined {
  const all = markable(questions);
  return all[all.findIndex(({ election }) => election === of.election) + by];
}
