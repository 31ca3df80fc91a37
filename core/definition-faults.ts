import type * as z from "zod";
import { offsetFault } from "#core/clock-times.ts";
import { candidateName } from "#core/contest.ts";
import { normaliseCredential } from "#core/credential.ts";
import { DEFAULT_TIME_ZONE, type ElectionDefinition, isTimeZone } from "#core/election.ts";
import { everyFault } from "#core/every-fault.ts";
import { isRelativeTime } from "#core/relative-times.ts";

/** The faults of a definition in an officer's words, and what is no fault but worth a second look. */

type Issue = z.core.$ZodIssue;

const WRITTEN_TIME = 'date and time with its offset, such as "2026-10-19T09:00:00-04:00"';

/** Of a candidate who stands in many. */
const REGIONS_NAMED = 3;

/** `candidates[3].partyId`, with list positions counted from 0 as in the file. */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}${text === "" ? "" : "."}${String(part)}`),
    "",
  );
  return name === "" ? "the definition" : name;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    json,
  );
}

/** "be at least 1" for a number, "have at least 1 character" for a text, "have at most 4 items" for a list. */
function bound(origin: string, atLeastOrMost: string, limit: number): string {
  if (origin === "number" || origin === "int") return `be ${atLeastOrMost} ${limit}`;
  return `have ${atLeastOrMost} ${limit} ${origin === "string" ? "character" : "item"}${limit === 1 ? "" : "s"}`;
}

function ruleOf(issue: Issue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `has a field that does not belong there: ${issue.keys.join(", ")}`;
    case "invalid_type":
      return `must be of type ${issue.expected === "int" ? "whole number" : issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return issue.errors.length === 0
        ? "must be one of referendum, single_choice, choose, ranked_choice, stv"
        : issue.errors.flatMap((alternative) => alternative.slice(0, 1).map(ruleOf)).join(", or ");
    case "too_small":
      return `must ${bound(issue.origin, "at least", Number(issue.minimum))}`;
    case "too_big":
      return `must ${bound(issue.origin, "at most", Number(issue.maximum))}`;
    case "invalid_format":
      return issue.format === "datetime" ? `must be a ${WRITTEN_TIME}` : issue.message;
    default:
      return issue.message;
  }
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
function placeName(path: readonly PropertyKey[], json: unknown): string {
  const label = labelAt(json, path);
  return `${fieldName(path)}${label === "" ? "" : ` (${label})`}`;
}

/** One sentence: the field, and the rule that it breaks. */
export function describeFault(issue: Issue, json: unknown): string {
  const value = valueAt(json, issue.path);
  if (isRelativeTime(value)) {
    return `${placeName(issue.path, json)}: "${value}" counts from npm start, which alone knows it: write a ${WRITTEN_TIME}.`;
  }
  return `${placeName(issue.path, json)}: ${value === undefined && issue.path.length > 0 ? "is missing" : ruleOf(issue)}.`;
}

/** Times whose offset is not the one of the definition's time zone, a sentence each. */
function offsetFaults(json: unknown): readonly string[] {
  const given = valueAt(json, ["timeZone"]);
  const timeZone = given === undefined ? DEFAULT_TIME_ZONE : given;
  if (typeof timeZone !== "string" || !isTimeZone(timeZone)) return [];
  return ["opensAt", "closesAt"].flatMap((field) => {
    const time = valueAt(json, [field]);
    const fault = typeof time === "string" ? offsetFault(time, timeZone) : undefined;
    return fault === undefined ? [] : [`${field}: ${fault}.`];
  });
}

/** Every fault of a definition as an officer wrote it, a sentence each. */
export function describeFaults(json: unknown): readonly string[] {
  return [...new Set([...everyFault(json).map((issue) => describeFault(issue, json)), ...offsetFaults(json)])];
}

/** What is allowed but may be a slip, a sentence each. */
export function definitionWarnings(definition: ElectionDefinition): readonly string[] {
  if (definition.votingMethod === "referendum") return [];
  const first = new Map<string, number>();
  const sameNames = definition.candidates.flatMap((candidate, index) => {
    // As they are read aloud: case, accents and spaces do not tell two people apart.
    const name = normaliseCredential(candidateName(candidate));
    return candidate.regionIds.flatMap((regionId) => {
      const earlier = first.get(`${regionId}|${name}`);
      if (earlier === undefined) first.set(`${regionId}|${name}`, index);
      return earlier === undefined || earlier === index
        ? []
        : [
            `${placeName(["candidates", index], definition)}: has the same name as candidates[${earlier}] in region ${regionId}. If they are two people, let party, biography or photo tell them apart.`,
          ];
    });
  });
  if (definition.votingMethod === "single_choice" || definition.tieBreakOrder !== undefined) return sameNames;
  const noOrder =
    "tieBreakOrder: is missing. A tie that decides who is elected would leave the seat empty until a lot is drawn in public; an order of all candidates, drawn beforehand, prevents that.";
  return [...sameNames, noOrder];
}
