import { grouped } from "#admin/shared/grouped.ts";
import type { CertifiedActs } from "#core/certified-acts.ts";
import type { Recorded, RecordedAct } from "#core/recorded-words.ts";

/** The acts that describeAct tells, and to how many people each was done, among what is recorded of an election. */
export function countActs(recorded: readonly string[]): CertifiedActs["recorded"] {
  const counts = new Map<string, { acts: number; people: number }>();
  for (const what of recorded) {
    const [, act, people = ""] = /^(letters made|roll [a-z-]+): ([\d,]+) (?:person|people)(?![^,])/.exec(what) ?? [];
    if (act === undefined) continue;
    const { acts, people: before } = counts.get(act) ?? { acts: 0, people: 0 };
    counts.set(act, { acts: acts + 1, people: before + Number(people.replaceAll(",", "")) });
  }
  return Object.fromEntries(counts);
}

/** How the record of an election tells an officer's act: what, to how many, by which file, and why. */
export function describeAct(
  what: RecordedAct,
  people: number,
  source: Readonly<{ name: string; sha256: string }> | undefined,
  reason: string | undefined,
): Recorded {
  const details = [
    people === 1 ? "1 person" : `${grouped(people)} people`,
    ...(source === undefined ? [] : [`${source.name} SHA-256 ${source.sha256}`]),
    reason === undefined ? "reason not given" : `reason: ${reason}`,
  ].join(", ");
  return `${what}: ${details}`;
}
