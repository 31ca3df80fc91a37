import { type FieldFault, fieldFaults } from "#core/definition-faults.ts";
import type { BilingualText } from "#core/election.ts";
import { type Draft, definitionOfDraft } from "#web/office/elections/draft.ts";

/** The faults of a draft, each at a field of the form that mends it, and in the form's words. */

const NO_TIME: BilingualText = { en: "choose the day and the hour", fr: "choisissez le jour et l’heure" };
const SKIPPED: BilingualText = {
  en: "clocks skip this hour on that day: choose another",
  fr: "les horloges sautent cette heure ce jour-là\u00a0: choisissez-en une autre",
};

/** Lists whose fields are whole controls, whatever they hold. */
const ONE_CONTROL = ["tieBreakOrder", "credentialFields"];

/** The nearest field of the form. */
function shownAt(path: FieldFault["path"], { candidates }: Draft): FieldFault["path"] {
  const [list = "electionId", index, field] = path;
  if (ONE_CONTROL.includes(String(list))) return [list];
  if (typeof index !== "number") return path.length === 0 ? [list] : path;
  if (list === "candidates" && field === "regionIds") return path.slice(0, 3);
  if (field !== undefined) return path;
  switch (list) {
    case "regions":
      return [...path, "regionId"];
    case "parties":
      return [...path, "partyId"];
    case "candidates": {
      const named = candidates[index];
      const isNameless = `${named?.firstName ?? ""}${named?.lastName ?? ""}`.trim() === "";
      return [...path, isNameless ? "firstName" : "candidateId"];
    }
    default:
      return path;
  }
}

/** A time is chosen by its day and hour: how a file would write it says nothing here. */
function timeRule(time: string): BilingualText | undefined {
  if (/T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(time)) return undefined;
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00$/.test(time) ? SKIPPED : NO_TIME;
}

/** @param voterIssuers those of the stage */
export function draftFaults(draft: Draft, voterIssuers: readonly string[]): readonly FieldFault[] {
  return fieldFaults(definitionOfDraft(draft), voterIssuers).map(({ path, rule }) => {
    const [field] = path;
    const time = field === "opensAt" || field === "closesAt" ? timeRule(draft[field]) : undefined;
    return { path: shownAt(path, draft), rule: time ?? rule };
  });
}
