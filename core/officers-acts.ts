import type { RaceDefinition } from "#core/contest.ts";
import { withCorrectionsOf } from "#core/corrections.ts";
import type { Cancellation, ElectionDefinition } from "#core/election.ts";
import type { TieRules } from "#core/ties.ts";

/**
 * What officers did to a definition after its opening: candidates who withdrew, lots that were drawn, texts that were corrected, and
 * that it was cancelled. Needs no schema.
 */

export type DrawnLot = NonNullable<RaceDefinition["lots"]>[number];

/** The definition in which this candidate has withdrawn. */
export function withWithdrawal<T extends ElectionDefinition>(definition: T, candidateId: string, atIso: string): T {
  if (definition.votingMethod === "referendum") return definition;
  const candidates = definition.candidates.map((candidate) =>
    candidate.candidateId === candidateId ? { ...candidate, withdrawnAt: atIso } : candidate,
  );
  return { ...definition, candidates };
}

export function withLot<T extends ElectionDefinition>(definition: T, lot: DrawnLot): T {
  if (definition.votingMethod === "referendum") return definition;
  return { ...definition, lots: [...(definition.lots ?? []), lot] };
}

export function withCancellation<T extends ElectionDefinition>(definition: T, cancelled: Cancellation): T {
  return { ...definition, cancelled };
}

/** The definition as its file has it, with what officers did since to the registered one. */
export function withActsOf<T extends ElectionDefinition>(registered: ElectionDefinition, file: T): T {
  const corrected = withCorrectionsOf(registered, file);
  const definition = registered.cancelled === undefined ? corrected : withCancellation(corrected, registered.cancelled);
  if (registered.votingMethod === "referendum") return definition;
  const withdrawn = registered.candidates.reduce(
    (after, { candidateId, withdrawnAt }) =>
      withdrawnAt === undefined ? after : withWithdrawal(after, candidateId, withdrawnAt),
    definition,
  );
  return registered.lots === undefined ? withdrawn : { ...withdrawn, lots: registered.lots };
}

/**
 * Candidates who withdrew, and are not counted: ballots go on to the next, or are void. Marks among several still count, but elect
 * nobody; where the definition says `count`, votes are as if nobody had withdrawn.
 */
export function uncountedIn(definition: ElectionDefinition): ReadonlySet<string> {
  if (definition.votingMethod === "referendum") return new Set();
  if (definition.votingMethod === "single_choice" && definition.withdrawn === "count") return new Set();
  const withdrawn = definition.candidates.filter(({ withdrawnAt }) => withdrawnAt !== undefined);
  return new Set(withdrawn.map(({ candidateId }) => candidateId));
}

/** The lots for a contest, in the order in which they were drawn. @param regionId undefined for all regions together */
export function lotsFor(definition: RaceDefinition, regionId: string | undefined): TieRules["lots"] {
  const before = definition.votingMethod === "single_choice" ? undefined : definition.tieBreakOrder;
  const after = (definition.lots ?? []).filter((lot) => lot.regionId === (regionId ?? null));
  return [
    ...(before === undefined ? [] : [{ order: before, drawn: "before-the-election" as const }]),
    ...after.map(({ order }) => ({ order, drawn: "after-closing" as const })),
  ];
}

/** The fields that only officers' acts fill, as they are named in the definition's file. */
export function actsIn(definition: ElectionDefinition): readonly string[] {
  const ofAll = (["corrections", "cancelled"] as const).filter((name) => definition[name] !== undefined);
  if (definition.votingMethod === "referendum") return ofAll;
  const withdrawn = definition.candidates.flatMap(({ withdrawnAt }, index) =>
    withdrawnAt === undefined ? [] : [`candidates[${index}].withdrawnAt`],
  );
  return [...ofAll, ...withdrawn, ...(definition.lots === undefined ? [] : ["lots"])];
}
