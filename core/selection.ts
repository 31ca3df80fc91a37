import {
  candidatesIn,
  contestRegionIds,
  mostChoices,
  type RaceDefinition,
  REFERENDUM_CHOICES,
  type ReferendumChoice,
} from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { onceEach } from "#core/once-each.ts";

/** What a ballot says, once its envelope is open. */
export type Selection =
  | Readonly<{ kind: "choice"; choice: ReferendumChoice }>
  | Readonly<{ kind: "candidate"; candidateId: string }>
  /** Names marked, in any order. */
  | Readonly<{ kind: "marks"; candidateIds: readonly string[] }>
  | Readonly<{ kind: "ranking"; candidateIds: readonly string[] }>
  | Readonly<{ kind: "blank" }>;

/** Why a selection does not fit its contest. Each is a 400 for a plain ballot and a spoiled ballot for a sealed one. */
export type SelectionFault =
  | "wrong-method"
  | "unknown-choice"
  | "unknown-candidate"
  | "no-candidate"
  | "repeated-candidate"
  | "too-many-choices"
  | "too-many-rankings"
  | "blank-not-allowed";

export type SelectionCheck =
  | Readonly<{ ok: true; selection: Selection }>
  | Readonly<{ ok: false; fault: SelectionFault }>;

/** How a blank ballot is written. */
export const BLANK = "-";
/** The interpretation of a ballot that does not open or fit its contest. No selection is written so. */
export const SPOILED = "!";
/** The interpretation of a ballot that nobody has opened yet, where trustees will. No selection is written so. */
export const SEALED = "?";
const BETWEEN_RANKS = ">";
/** Stands before each marked name. */
const MARK = "+";

/** What a tally counts of a ballot that marks names, beside each of them. No identifier is written so. */
export const MARKED = "+";

/**
 * The canonical form of a selection: `oui`, `17`, `+12+3` for names marked, `3>1>2` for a ranking, `-` for a blank ballot. It is
 * padded and sealed in the envelope, and a tally counts it. Identifiers have no `>` and no `+`, and no leading `-`, so the
 * forms of two selections always differ. Marked names are sorted as text: an order of the voter's own could tell others who
 * cast the ballot.
 */
export function writeSelection(selection: Selection): string {
  switch (selection.kind) {
    case "choice":
      return selection.choice;
    case "candidate":
      return selection.candidateId;
    case "marks":
      return selection.candidateIds
        .toSorted()
        .map((id) => `${MARK}${id}`)
        .join("");
    case "ranking":
      return selection.candidateIds.join(BETWEEN_RANKS);
    case "blank":
      return BLANK;
    default:
      return selection satisfies never;
  }
}

/** Reads what writeSelection writes, for the given election; it may still not fit the contest (see checkSelection). */
export function readSelection(definition: ElectionDefinition, text: string): Selection {
  if (text === BLANK) return { kind: "blank" };
  switch (definition.votingMethod) {
    case "referendum":
      return { kind: "choice", choice: text as ReferendumChoice };
    case "single_choice":
      return { kind: "candidate", candidateId: text };
    case "choose":
      return { kind: "marks", candidateIds: text.split(MARK).slice(1) };
    case "ranked_choice":
    case "stv":
      return { kind: "ranking", candidateIds: text.split(BETWEEN_RANKS) };
    default:
      return definition satisfies never;
  }
}

/** What a tally counts a ballot under: the selection as written, but each name and the ballot where names are marked. */
export function countedUnder(interpretation: string): readonly string[] {
  if (!interpretation.startsWith(MARK)) return [interpretation];
  return [...interpretation.split(MARK).slice(1), MARKED];
}

/** Counts a ballot in a tally. */
export function countBallot(tally: Map<string, number>, interpretation: string): void {
  for (const one of countedUnder(interpretation)) tally.set(one, (tally.get(one) ?? 0) + 1);
}

function faultOf(definition: ElectionDefinition, regionId: string, selection: Selection): SelectionFault | undefined {
  if (selection.kind === "blank") return definition.allowBlank ? undefined : "blank-not-allowed";
  if (definition.votingMethod === "referendum") {
    if (selection.kind !== "choice") return "wrong-method";
    return REFERENDUM_CHOICES.includes(selection.choice) ? undefined : "unknown-choice";
  }
  const stands = (id: string): boolean =>
    candidatesIn(definition, regionId).some(({ candidateId }) => candidateId === id);
  if (definition.votingMethod === "single_choice") {
    if (selection.kind !== "candidate") return "wrong-method";
    return stands(selection.candidateId) ? undefined : "unknown-candidate";
  }
  if (selection.kind !== "marks" && selection.kind !== "ranking") return "wrong-method";
  if ((selection.kind === "marks") !== (definition.votingMethod === "choose")) return "wrong-method";
  const named = selection.candidateIds;
  if (named.length === 0) return "no-candidate";
  if (new Set(named).size !== named.length) return "repeated-candidate";
  if (!named.every(stands)) return "unknown-candidate";
  if (named.length <= mostNamed(definition, regionId)) return undefined;
  return selection.kind === "marks" ? "too-many-choices" : "too-many-rankings";
}

/** How many names a ballot may have in a region. */
export function mostNamed(definition: RaceDefinition, regionId: string): number {
  switch (definition.votingMethod) {
    case "single_choice":
      return 1;
    case "choose":
      return mostChoices(definition, regionId);
    case "ranked_choice":
    case "stv":
      return definition.maxRankings;
    default:
      return definition satisfies never;
  }
}

/** Whether a selection fits the contest in `regionId`. */
export function checkSelection(definition: ElectionDefinition, regionId: string, selection: Selection): SelectionCheck {
  const fault = faultOf(definition, regionId, selection);
  return fault === undefined ? { ok: true, selection } : { ok: false, fault };
}

/** Whether a selection names somebody who has withdrawn. Such a ballot fits all the same: it may have been cast before. */
export function namesWithdrawn(definition: ElectionDefinition, selection: Selection): boolean {
  if (definition.votingMethod === "referendum") return false;
  const named = "candidateIds" in selection ? selection.candidateIds : [writeSelection(selection)];
  return definition.candidates.some(({ candidateId, withdrawnAt }) => withdrawnAt && named.includes(candidateId));
}

/** Whether a selection fits its contest and names nobody who has withdrawn. */
export function canBeCast(definition: ElectionDefinition, regionId: string, selection: Selection): boolean {
  return checkSelection(definition, regionId, selection).ok && !namesWithdrawn(definition, selection);
}

/** Bytes of the election's longest selection in any region: every ballot is padded to it, so that size says nothing. */
export const longestSelectionBytes = onceEach((definition: ElectionDefinition): number => {
  if (definition.votingMethod === "referendum") return Math.max(...REFERENDUM_CHOICES.map(({ length }) => length));
  const isMarked = definition.votingMethod === "choose";
  const longestByRegion = contestRegionIds(definition).map((regionId) => {
    const lengths = candidatesIn(definition, regionId).map(({ candidateId }) => candidateId.length);
    const longest = lengths.sort((a, b) => b - a).slice(0, mostNamed(definition, regionId));
    const separators = isMarked ? longest.length * MARK.length : (longest.length - 1) * BETWEEN_RANKS.length;
    return longest.reduce((sum, length) => sum + length, separators);
  });
  return Math.max(...longestByRegion);
});
