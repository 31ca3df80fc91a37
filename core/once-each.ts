/**
 * Computes something once per object and keeps it as long as the object: for what every ballot needs of its election's
 * definition.
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
