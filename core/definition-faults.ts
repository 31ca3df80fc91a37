import type * as z from "zod";
import { offsetFault } from "#core/clock-times.ts";
import { candidateName, isTrustees } from "#core/contest.ts";
import { normaliseCredential } from "#core/credential.ts";
import { type BilingualText, DEFAULT_TIME_ZONE, ElectionDefinition, isTimeZone } from "#core/election.ts";
import { everyFault } from "#core/every-fault.ts";
import { ruleOf, WRITTEN_TIME } from "#core/fault-rules.ts";
import { isIssuer } from "#core/identity.ts";
import { pastFaults } from "#core/past-times.ts";
import { Refusal } from "#core/refusal.ts";
import { isRelativeTime } from "#core/relative-times.ts";
import { issuerFault } from "#core/voter-issuers.ts";

/** The faults of a definition in an officer's words, and what is no fault but worth a second look. */

type Issue = z.core.$ZodIssue;

/** Of a candidate who stands in many. */
const REGIONS_NAMED = 3;

/** `candidates[3].partyId`, with list positions counted from 0 as in the file. */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}${text === "" ? "" : "."}${String(part)}`),
    "",
  );
  return name;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    json,
  );
}

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** Whom or what a person calls this part of a definition: "Ada Roy, region 1"; empty when that is not known. */
function labelAt(json: unknown, [list, index]: readonly PropertyKey[]): string {
  if (typeof list !== "string" || typeof index !== "number") return "";
  const field = (name: string): unknown => valueAt(json, [list, index, name]);
  if (list === "candidates") {
    const name = [field("firstName"), field("lastName")].filter(isText).join(" ");
    const standsIn = field("regionIds");
    const regionIds = Array.isArray(standsIn) ? standsIn.slice(0, REGIONS_NAMED).map(String) : [];
    const more = Array.isArray(standsIn) && standsIn.length > REGIONS_NAMED ? " …" : "";
    const regions = `region${regionIds.length > 1 ? "s" : ""} ${regionIds.join(", ")}${more}`;
    return [name, ...(regionIds.length > 0 ? [regions] : [])].filter(isText).join(", ");
  }
  const names = [valueAt(json, [list, index, "name", "en"]), valueAt(json, [list, index, "name", "fr"]), field("name")];
  return names.find(isText) ?? "";
}

/** A path as in the file, and beside it whom it is about: `candidates[3].partyId (Ada Roy, region 1)`. */
function placeName(path: readonly PropertyKey[], json: unknown): BilingualText {
  if (path.length === 0) return { en: "the definition", fr: "la définition" };
  const label = labelAt(json, path);
  const place = `${fieldName(path)}${label === "" ? "" : ` (${label})`}`;
  return { en: place, fr: place };
}

/** The rule that the value at a fault's place breaks. */
function ruleAt(issue: Issue, json: unknown): BilingualText {
  const value = valueAt(json, issue.path);
  if (isRelativeTime(value)) {
    return {
      en: `"${value}" counts from npm start, which alone knows it: write a ${WRITTEN_TIME.en}`,
      fr: `«\u00a0${value}\u00a0» compte à partir de npm start, qui seul le connaît\u00a0: écrivez ${WRITTEN_TIME.fr}`,
    };
  }
  return value === undefined && issue.path.length > 0 ? { en: "is missing", fr: "manque" } : ruleOf(issue);
}

/** The field, and the rule that it breaks, in both languages and without a full stop. */
export function faultIn(issue: Issue, json: unknown): BilingualText {
  const [place, { en, fr }] = [placeName(issue.path, json), ruleAt(issue, json)];
  return { en: `${place.en}: ${en}`, fr: `${place.fr}\u00a0: ${fr}` };
}

/** One sentence: the field, and the rule that it breaks. */
export function describeFault(issue: Issue, json: unknown): BilingualText {
  const { en, fr } = faultIn(issue, json);
  return { en: `${en}.`, fr: `${fr}.` };
}

/** What is wrong with a field of a definition, and where it stands. */
export type FieldFault = Readonly<{ path: readonly PropertyKey[]; rule: BilingualText }>;

/** Times whose offset is not the one of the definition's time zone. */
function offsetFaults(json: unknown): readonly FieldFault[] {
  const given = valueAt(json, ["timeZone"]);
  const timeZone = given === undefined ? DEFAULT_TIME_ZONE : given;
  if (typeof timeZone !== "string" || !isTimeZone(timeZone)) return [];
  return ["opensAt", "closesAt"].flatMap((field) => {
    const time = valueAt(json, [field]);
    const fault = typeof time === "string" ? offsetFault(time, timeZone) : undefined;
    const fr = `n’a pas le décalage qu’ont les horloges de ${timeZone} à ce moment-là`;
    return fault === undefined ? [] : [{ path: [field], rule: { en: fault, fr } }];
  });
}

const ISSUER = ["identity", "issuer"] as const;

/** An issuer that the stage does not allow; one that is no address is told by the schema. */
function issuerFaults(json: unknown, allowed: readonly string[]): readonly FieldFault[] {
  const issuer = valueAt(json, ISSUER);
  const rule = typeof issuer === "string" && isIssuer(issuer) ? issuerFault(issuer, allowed) : undefined;
  return rule === undefined ? [] : [{ path: ISSUER, rule }];
}

/**
 * Every fault of a definition, by its field.
 * @param voterIssuers those of the stage that it is for; undefined where no stage is known
 */
export function fieldFaults(json: unknown, voterIssuers?: readonly string[]): readonly FieldFault[] {
  return [
    ...everyFault(json).map((issue) => ({ path: issue.path, rule: ruleAt(issue, json) })),
    ...offsetFaults(json),
    ...(voterIssuers === undefined ? [] : issuerFaults(json, voterIssuers)),
  ];
}

/** Every fault of a definition as an officer wrote it, a sentence each. */
export function describeFaults(json: unknown): readonly string[] {
  return [...new Set(fieldFaults(json).map(({ path, rule }) => `${placeName(path, json).en}: ${rule.en}.`))];
}

/**
 * The definition that a draft for a stage with these issuers says. Throws Refusal, in both languages, with every fault of it, and where
 * its closing is past.
 */
export function definitionFrom(json: unknown, voterIssuers: readonly string[], atMs: number): ElectionDefinition {
  const parsed = ElectionDefinition.safeParse(json);
  const faults = [...fieldFaults(json, voterIssuers), ...pastFaults(json, atMs)];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw Refusal.ofEach(
    faults.map(({ path, rule }) => {
      const place = placeName(path, json);
      return { en: `${place.en}: ${rule.en}.`, fr: `${place.fr}\u00a0: ${rule.fr}.` };
    }),
  );
}

const sameName = (name: string, ids: readonly [string, string], region: BilingualText): BilingualText => ({
  en: `${name}: two candidates have this name in “${region.en}” (ids ${ids.join(" and ")}). If they are two people, let party, biography or photo tell them apart.`,
  fr: `${name}\u00a0: deux candidatures portent ce nom dans «\u00a0${region.fr}\u00a0» (identifiants ${ids.join(" et ")}). Si ce sont deux personnes, que le parti, la biographie ou la photo les distingue.`,
});

const NO_ORDER: BilingualText = {
  en: "No order is drawn by lot for ties. A tie that decides who is elected would leave the seat empty until a lot is drawn in public; an order of all candidates, drawn beforehand, prevents that.",
  fr: "Aucun ordre n’est tiré au sort pour les égalités. Une égalité qui décide de l’élection laisserait le siège vacant jusqu’à un tirage au sort public\u202f; un ordre de toutes les candidatures, tiré d’avance, l’évite.",
};

/** What is allowed but may be a slip, a sentence each. */
export function definitionWarnings(definition: ElectionDefinition): readonly BilingualText[] {
  if (definition.votingMethod === "referendum") return [];
  const first = new Map<string, string>();
  const names = new Map(definition.regions.map(({ regionId, name }) => [regionId, name]));
  const sameNames = definition.candidates.flatMap((candidate) => {
    const { candidateId } = candidate;
    // As they are read aloud: case, accents and spaces do not tell two people apart.
    const name = normaliseCredential(candidateName(candidate));
    return candidate.regionIds.flatMap((regionId) => {
      const earlier = first.get(`${regionId}|${name}`);
      if (earlier === undefined) first.set(`${regionId}|${name}`, candidateId);
      return earlier === undefined || earlier === candidateId
        ? []
        : [
            sameName(
              candidateName(candidate),
              [earlier, candidateId],
              names.get(regionId) ?? { en: regionId, fr: regionId },
            ),
          ];
    });
  });
  if (definition.votingMethod === "single_choice" || definition.tieBreakOrder !== undefined) return sameNames;
  return [...sameNames, NO_ORDER];
}

const BY_COMMAND_LINE: BilingualText = {
  en: "Trustees hold this election's key, so it is registered, and its roll imported, from the command line, with their ceremony: scrutin election apply FILE --ceremony FOLDER. The console checks what is written here, but cannot register it.",
  fr: "Des dépositaires détiennent la clé de cette élection\u00a0: elle s’inscrit, et sa liste s’importe, en ligne de commande, avec leur cérémonie\u00a0: scrutin election apply FICHIER --ceremony DOSSIER. La console vérifie ce qui est écrit ici, mais ne peut pas l’inscrire.",
};

/** As definitionWarnings, with what the console cannot do for this definition. */
export function consoleWarnings(definition: ElectionDefinition): readonly BilingualText[] {
  return [...(isTrustees(definition) ? [BY_COMMAND_LINE] : []), ...definitionWarnings(definition)];
}
