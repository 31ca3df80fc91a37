import { candidateName } from "#core/contest.ts";
import { type Corrected, textAt } from "#core/corrections.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";

/** What of a definition may be corrected, in the terms of a form: a subject, such as a candidate, and its texts. */

export type Subject =
  | Readonly<{ kind: "summary" | "contact"; id: "" }>
  | Readonly<{ kind: "party" | "candidate"; id: string; name: BilingualText }>;

export function subjectsOf(definition: ElectionDefinition): readonly Subject[] {
  const ofAll = [
    { kind: "summary", id: "" },
    { kind: "contact", id: "" },
  ] as const;
  if (definition.votingMethod === "referendum") return ofAll;
  return [
    ...ofAll,
    ...definition.parties.map(({ partyId: id, name }) => ({ kind: "party", id, name }) as const),
    ...definition.candidates.map((candidate) => {
      const name = candidateName(candidate);
      return { kind: "candidate", id: candidate.candidateId, name: { en: name, fr: name } } as const;
    }),
  ];
}

export const keyOf = ({ kind, id }: Subject): string => `${kind} ${id}`;

const folded = (text: string): string => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** Those whose name or id holds what was typed; capitals and accents do not matter. */
export function found(subjects: readonly Subject[], typed: string): readonly Subject[] {
  const sought = folded(typed.trim());
  if (sought === "") return subjects;
  return subjects.filter(
    (subject) =>
      "name" in subject && [subject.id, subject.name.en, subject.name.fr].some((text) => folded(text).includes(sought)),
  );
}

/** A text of a subject: its place, and whether it is in both languages. */
export type Place = Readonly<{
  of: string;
  field: "text" | "name" | "firstName" | "lastName" | "bio";
  isBilingual: boolean;
}>;

export function placesOf({ kind, id }: Subject): readonly Place[] {
  if (kind === "summary" || kind === "contact") return [{ of: kind, field: "text", isBilingual: true }];
  if (kind === "party") return [{ of: `parties.${id}.name`, field: "name", isBilingual: true }];
  return (["firstName", "lastName", "bio"] as const).map((field) => ({
    of: `candidates.${id}.${field}`,
    field,
    isBilingual: field === "bio",
  }));
}

/** What was typed into the fields, by `place language`; names have no language. */
export type Typed = Readonly<Record<string, string>>;
export const fieldKey = (of: string, language: "en" | "fr" | ""): string => `${of} ${language}`;

export function typedFrom(definition: ElectionDefinition, places: readonly Place[]): Typed {
  return Object.fromEntries(
    places.flatMap(({ of, isBilingual }) => {
      const text = textAt(definition, of);
      if (!isBilingual) return [[fieldKey(of, ""), typeof text === "string" ? text : ""]];
      const both = text !== null && typeof text !== "string" ? text : { en: "", fr: "" };
      return (["en", "fr"] as const).map((language) => [fieldKey(of, language), both[language]]);
    }),
  );
}

/** The texts that differ from the definition's, and those of which one language is missing. */
export function changesIn(
  definition: ElectionDefinition,
  places: readonly Place[],
  typed: Typed,
): Readonly<{ corrected: readonly Corrected[]; incomplete: readonly string[] }> {
  const corrected: Corrected[] = [];
  const incomplete: string[] = [];
  for (const { of, isBilingual } of places) {
    const from = textAt(definition, of);
    const said = (language: "en" | "fr" | ""): string => (typed[fieldKey(of, language)] ?? "").trim();
    if (!isBilingual) {
      if (said("") !== (from ?? "")) corrected.push({ of, from, to: said("") });
      continue;
    }
    const to = { fr: said("fr"), en: said("en") };
    if (to.fr === "" && to.en === "" && from === null) continue;
    if (to.fr === "" || to.en === "") incomplete.push(of);
    else if (from === null || typeof from === "string" || from.fr !== to.fr || from.en !== to.en) {
      corrected.push({ of, from, to });
    }
  }
  return { corrected, incomplete };
}
