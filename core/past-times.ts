import type { BilingualText } from "#core/election.ts";

/** Times of a definition that are past: of a closing, nothing could come of the election any more. */

const timeOf = (json: unknown, field: "opensAt" | "closesAt"): number => {
  const value: unknown = typeof json === "object" && json !== null ? Reflect.get(json, field) : undefined;
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
};

/** As the other faults of a field (`FieldFault`). */
type PastFault = Readonly<{ path: readonly PropertyKey[]; rule: BilingualText }>;

const CLOSING: PastFault = {
  path: ["closesAt"],
  rule: {
    en: "must still be ahead: nobody could vote",
    fr: "doit être encore à venir\u00a0: personne ne pourrait voter",
  },
};

/** The fault of a definition whose closing is past. */
export const pastFaults = (json: unknown, atMs: number): readonly PastFault[] =>
  timeOf(json, "closesAt") <= atMs ? [CLOSING] : [];

const OPENING: BilingualText = {
  en: "The opening is past: voting opens as soon as the opening is stated.",
  fr: "L’heure d’ouverture est passée\u00a0: le vote s’ouvrira dès l’énoncé d’ouverture.",
};

/** What to say of a definition whose opening is past, and its closing is not. */
export const pastWarnings = (json: unknown, atMs: number): readonly BilingualText[] =>
  timeOf(json, "opensAt") <= atMs && atMs < timeOf(json, "closesAt") ? [OPENING] : [];
