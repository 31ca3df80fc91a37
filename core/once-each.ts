/**
 * Works something out once for each object, and keeps it as long as the object lives: for what is asked of an election's
 * definition at every ballot.
 */
export function onceEach<Subject extends object, Answer>(
  workOut: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const known = new WeakMap<Subject, Readonly<{ answer: Answer }>>();
  return (subject) => {
    const kept = known.get(subject) ?? { answer: workOut(subject) };
    known.set(subject, kept);
    return kept.answer;
  };
}
