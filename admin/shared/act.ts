import { grouped } from "#admin/shared/grouped.ts";

/** How the record of an election tells an officer's act: what, to how many, by which file, and why. */
export function describeAct(
  what: string,
  people: number,
  source: Readonly<{ name: string; sha256: string }> | undefined,
  reason: string | undefined,
): string {
  return [
    `${what}: ${people === 1 ? "1 person" : `${grouped(people)} people`}`,
    ...(source === undefined ? [] : [`${source.name} SHA-256 ${source.sha256}`]),
    reason === undefined ? "reason not given" : `reason: ${reason}`,
  ].join(", ");
}
