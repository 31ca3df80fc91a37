import type * as z from "zod/mini";
import { ElectionDefinition, ElectionShape } from "#core/election.ts";

/**
 * All faults of a definition at once. A schema stops where a value has the wrong form, and then says nothing of the rules between
 * fields; so what is faulty is replaced by something that is right, and the rest is looked at again.
 */

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Each look finds what the one before could not see. */
const MOST_LOOKS = 5;

/** What ids begin with that stand for one that could not be read. */
const UNREADABLE = "unreadable";
const TEXTS = { fr: "-", en: "-" };
const LISTS = ["regions", "parties", "candidates", "credentialFields"];

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), json);
}

/** What a definition of no known voting method is meant to be. */
function likelyMethod(definition: Record<PropertyKey, unknown>): string {
  if ("question" in definition) return "referendum";
  if ("maxChoices" in definition) return "choose";
  if ("maxRankings" in definition) return "seats" in definition ? "stv" : "ranked_choice";
  return "single_choice";
}

const IDENTITY: Readonly<Record<string, string>> = {
  kind: "oidc",
  issuer: "https://example.org",
  clientId: "-",
  claim: "-",
  audience: "-",
};

/** Something right for a required field; undefined where the field may be left out. Ids are unlike all others. */
function exampleFor(path: Path, definition: Record<PropertyKey, unknown>): unknown {
  const id = `${UNREADABLE}-${path.join("-")}`.slice(0, 40);
  const field = path.findLast((part) => typeof part === "string");
  const isElement = typeof path.at(-1) === "number";
  if (path[0] === "identity") return path.length === 1 ? IDENTITY : IDENTITY[String(field)];
  const region = { regionId: id, name: TEXTS };
  const candidate = { candidateId: id, firstName: "-", lastName: "-", regionIds: [id] };
  switch (field) {
    case "votingMethod":
      return likelyMethod(definition);
    case "electionId":
    case "regionId":
    case "candidateId":
      return id;
    case "partyId":
      return path[0] === "parties" ? id : undefined;
    case "regionIds":
      return isElement ? id : [id];
    case "regions":
      if (definition.votingMethod === "referendum") return undefined;
      return isElement ? region : [region];
    case "candidates":
      return isElement ? candidate : [candidate];
    case "parties":
      return isElement ? { partyId: id, name: TEXTS, colour: "#000000" } : undefined;
    case "credentialFields":
      return isElement
        ? { name: `${UNREADABLE}_${String(path.at(-1))}`, label: TEXTS, pattern: "[0-9]{9}" }
        : undefined;
    case "name":
      return path[0] === "credentialFields" ? `${UNREADABLE}_${String(path[1])}` : TEXTS;
    case "title":
    case "question":
    case "label":
      return TEXTS;
    case "fr":
    case "en":
    case "firstName":
    case "lastName":
      return "-";
    case "opensAt":
      return "0001-01-01T00:00:00Z";
    case "closesAt":
      return "9999-12-31T23:59:59Z";
    case "maxRankings":
    case "maxChoices":
    case "seats":
      return 1;
    case "pattern":
      return "[0-9]{9}";
    case "colour":
      return "#000000";
    default:
      return undefined;
  }
}

/** Replaces what an issue is about by something right, or takes it out. */
function mend(definition: Record<PropertyKey, unknown>, { path, ...issue }: Issue): void {
  if (issue.code === "unrecognized_keys") {
    const owner = valueAt(definition, path);
    if (isRecord(owner)) for (const key of issue.keys) Reflect.deleteProperty(owner, key);
    return;
  }
  const example = exampleFor(path, definition);
  // What may be left out is left out whole.
  const whole =
    example !== undefined ? path : path.slice(0, LISTS.includes(String(path[0])) && path.length > 2 ? 3 : 1);
  const owner = valueAt(definition, whole.slice(0, -1));
  const key = whole.at(-1);
  if (!isRecord(owner) || key === undefined) return;
  if (example === undefined) Reflect.deleteProperty(owner, key);
  else owner[key] = example;
}

/** What a rule between fields looks at, by the field it is told of: it cannot be judged when one of them could not be read. */
const LOOKS_AT: Readonly<Record<string, readonly string[]>> = {
  partyId: ["partyId"],
  regionIds: ["regionId"],
  regions: ["regionId", "regionIds"],
  seats: ["regionId", "regionIds"],
  maxChoices: ["regionId", "regionIds"],
  maxRankings: ["regionId", "regionIds"],
  tieBreakOrder: ["candidateId"],
};

/** The ids that could not be read. */
function unreadableIds(path: Path): readonly string[] {
  const [list, , field] = path;
  if (path.length <= 2) {
    if (list === "regions") return ["regionId"];
    if (list === "parties") return ["partyId"];
    return list === "candidates" ? ["candidateId", "regionIds"] : [];
  }
  if (field === "partyId") return list === "parties" ? ["partyId"] : [];
  return typeof field === "string" ? [field] : [];
}

const textOf = ({ path, message }: Issue): string => `${path.join(".")} ${message}`;

/** All faults of a definition as read from JSON, in the order in which they were found; empty when there are none. */
export function everyFault(json: unknown): readonly Issue[] {
  let issues = ElectionDefinition.safeParse(json).error?.issues ?? [];
  if (issues.length === 0 || !isRecord(json)) return issues;
  const found = [...issues];
  const told = new Set(found.map(textOf));
  const unreadable = new Set<string>();
  const mended: Record<PropertyKey, unknown> = structuredClone(json);
  const isMethodGuessed = issues.some(({ path }) => path[0] === "votingMethod");
  const isJudged = ({ path, code, message }: Issue): boolean => {
    // Fields of another method than the one that was meant.
    if (code === "unrecognized_keys" && path.length === 0) return !isMethodGuessed;
    if (code !== "custom") return true;
    return !message.includes(UNREADABLE) && !(LOOKS_AT[String(path.at(-1))] ?? []).some((id) => unreadable.has(id));
  };
  for (let look = 1; look < MOST_LOOKS; look++) {
    const wrongForms = issues.filter(({ code }) => code !== "custom");
    if (wrongForms.length === 0) break;
    for (const issue of wrongForms) {
      for (const id of unreadableIds(issue.path)) unreadable.add(id);
      mend(mended, issue);
    }
    issues = ElectionDefinition.safeParse(mended).error?.issues ?? [];
    for (const issue of issues.filter(isJudged)) {
      if (told.has(textOf(issue))) continue;
      told.add(textOf(issue));
      found.push(issue);
    }
  }
  return found;
}

/**
 * A definition that is still being written, to be shown: what is faulty is replaced by something that is right. Undefined for what is no
 * definition at all.
 */
export function mended(json: unknown): ElectionDefinition | undefined {
  if (!isRecord(json)) return undefined;
  const shown: Record<PropertyKey, unknown> = structuredClone(json);
  for (let look = 0; look < MOST_LOOKS; look++) {
    const parsed = ElectionShape.safeParse(shown);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) mend(shown, issue);
  }
  return undefined;
}
