/** Answers cached in memory for a short while; concurrent callers share one request. */
export type KeptAnswers<T> = (question: string, ask: () => Promise<T>) => Promise<T>;

/** Anybody can ask, so beyond this many keys everything is dropped. */
const MOST_KEPT = 1_000;

/** @param keptForMs how old an answer may be, in milliseconds, from when it was asked for */
export function keepAnswers<T>(keptForMs: number, now: () => number): KeptAnswers<T> {
  const kept = new Map<string, { untilMs: number; answer: Promise<T> }>();
  return (question, ask) => {
    const known = kept.get(question);
    if (known !== undefined && known.untilMs > now()) return known.answer;
    if (kept.size >= MOST_KEPT) kept.clear();
    const answer = ask();
    kept.set(question, { untilMs: now() + keptForMs, answer });
    // A failure is not kept.
    answer.catch(() => kept.delete(question));
    return answer;
  };
}
