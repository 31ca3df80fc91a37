import { isDeepStrictEqual } from "node:util";
import { contestRegionIds, isTrustees, votingPhaseAt } from "#core/contest.ts";
import { rollFields } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Recorded } from "#core/recorded-words.ts";
import { Refusal } from "#core/refusal.ts";

/** Which changes to a registered election the rules allow. */

/** A registered election's definition, the voters on its roll by region, and whether an opening statement fixes it. */
type Registered = Readonly<{
  definition: ElectionDefinition;
  rollCounts: Readonly<Record<string, number>>;
  opening: unknown;
}>;

const INSTANTS: readonly string[] = ["opensAt", "closesAt"];

/** Names of the fields in which two definitions differ; the same instant in another time zone is no difference. */
export function changedFields(before: ElectionDefinition, after: ElectionDefinition): readonly string[] {
  const was = new Map<string, unknown>(Object.entries(before));
  const is = new Map<string, unknown>(Object.entries(after));
  const meaning = (name: string, value: unknown) =>
    INSTANTS.includes(name) && typeof value === "string" ? Date.parse(value) : value;
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (name) => name !== "$schema" && !isDeepStrictEqual(meaning(name, was.get(name)), meaning(name, is.get(name))),
  );
}

/** The fields of the new definition that would orphan voters on the roll. */
function orphanedVoters(before: Registered, after: ElectionDefinition): readonly string[] {
  const regionsOnRoll = Object.keys(before.rollCounts).filter((regionId) => (before.rollCounts[regionId] ?? 0) > 0);
  if (regionsOnRoll.length === 0) return [];
  const identity = (definition: ElectionDefinition) =>
    rollFields(definition).map(({ name, pattern, hasCheckCharacter, identity: isIdentity }) => {
      return { name, pattern, hasCheckCharacter, isIdentity };
    });
  const regionIds = contestRegionIds(after);
  return [
    ...(isDeepStrictEqual(identity(before.definition), identity(after))
      ? []
      : [after.identity === undefined ? "credentialFields" : "identity"]),
    ...(regionsOnRoll.every((regionId) => regionIds.includes(regionId)) ? [] : ["regions"]),
  ];
}

/** A change that the rules allow, and its description for the record. */
export type PermittedChange = Readonly<{ outcome: "changed" | "extended"; what: Recorded }>;

/**
 * A change that the rules allow at this instant: anything until the opening is stated, except what voters on the roll depend on, and
 * nothing afterwards. Throws Refusal naming the fields that cannot change.
 */
export function permittedChange(
  before: Registered,
  after: ElectionDefinition,
  changed: readonly string[],
  atMs: number,
): PermittedChange {
  const { electionId, closesAt, timeZone } = before.definition;
  if (isTrustees(before.definition) !== isTrustees(after)) {
    throw new Refusal(
      `Election ${electionId}: who holds its key was settled when it was registered, so trust cannot change. Register another election, with another id.`,
      `Élection ${electionId}\u00a0: qui détient sa clé a été fixé à l’inscription et ne change plus. Inscrivez une autre élection, sous un autre identifiant.`,
    );
  }
  const phase = votingPhaseAt(before, atMs);
  if (phase === "cancelled") {
    throw new Refusal(
      `Election ${electionId} was cancelled: ${changed.join(", ")} can no longer change.`,
      `L’élection ${electionId} a été annulée\u00a0: plus rien n’y change (${changed.join(", ")}).`,
    );
  }
  if (phase === "closed") {
    throw new Refusal(
      `Voting in election ${electionId} has closed: ${changed.join(", ")} can no longer change.`,
      `Le vote est terminé pour l’élection ${electionId}\u00a0: plus rien n’y change (${changed.join(", ")}).`,
    );
  }
  const isLater = Date.parse(after.closesAt) > Date.parse(closesAt);
  if (before.opening === undefined) {
    const orphaning = orphanedVoters(before, after);
    if (orphaning.length > 0) {
      throw new Refusal(
        `Voters are on the roll of election ${electionId} already: ${orphaning.join(", ")} must stay as they are.`,
        `Des électeurs sont déjà sur la liste de l’élection ${electionId}\u00a0: ${orphaning.join(", ")} doit rester tel quel.`,
      );
    }
    return isLater && changed.length === 1
      ? { outcome: "extended", what: `closing extended from ${closesAt} to ${after.closesAt}` }
      : { outcome: "changed", what: `changed ${changed.join(", ")}` };
  }
  const why =
    phase === "open"
      ? { en: `Voting in election ${electionId} is open`, fr: `Le vote est ouvert pour l’élection ${electionId}` }
      : {
          en: `Election ${electionId} has its opening stated`,
          fr: `L’énoncé d’ouverture de l’élection ${electionId} est fait`,
        };
  const fixed = changed.filter((name) => name !== "closesAt");
  if (fixed.length > 0) {
    throw new Refusal(
      `${why.en}: ${fixed.join(", ")} cannot change, only closesAt can move later.`,
      `${why.fr}\u00a0: seule la fermeture peut encore être reportée, et rien d’autre ne change (${fixed.join(", ")}).`,
    );
  }
  if (!isLater) {
    throw new Refusal(
      `${why.en}: closesAt can only move later than ${closesAt}.`,
      `${why.fr}\u00a0: la fermeture ne peut être reportée qu’après le ${formatInstant("fr", closesAt, timeZone)}.`,
    );
  }
  // What follows an opening statement is signed, with a key that a deployment cannot read.
  throw new Refusal(
    `${why.en}: closesAt is moved in the console's room Polling day, or by scrutin election extend ${electionId} --closes ${after.closesAt}.`,
    `${why.fr}\u00a0: la fermeture se reporte dans la rubrique Jour du vote.`,
  );
}
