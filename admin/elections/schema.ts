import * as z from "zod";
import { ElectionDefinition, Identifier } from "#core/election.ts";
import { RELATIVE_TIME } from "#core/relative-times.ts";

/** The JSON Schema with which an editor completes and checks a definition. */

const RELATIVE =
  "Only npm start also takes a time that counts from it, such as start-1d 08:00, start or start+90m; scrutin election apply and deployments refuse that.";

/** Times that may count from `npm start`. */
const RELATIVE_FIELDS = new Set(["opensAt", "closesAt"]);

/** What an editor shows about a field; `scrutin election apply` checks the other rules. */
const FIELD_HELP: Readonly<Record<string, string>> = {
  electionId: "Part of URLs and of what is hashed; it never changes.",
  paper:
    "The paper that this is a question of: a voter identifies once for all definitions that name the same one. They have the same credentialFields or identity, hours, timeZone and test, and the same regions where they have any.",
  test: "For rehearsal. Its title begins with ESSAI and TEST; it is in no public list, and can be deleted at any time.",
  votingMethod:
    "referendum: a law, oui or non. single_choice: one candidate. choose: several candidates. ranked_choice: candidates in order. stv: candidates in order, for several seats.",
  contact:
    "Whom a voter calls, worded to follow “call”: the office and its number, `the election office, at 1 855 555-0142`.",
  firstName: "Left out by whoever has one name alone; so may lastName be.",
  bio: "Up to 4,000 characters in each language; a voter reads those of a whole region, so a few hundred are better.",
  photo: "Path of a portrait on the site itself, such as /photos/17.jpg: a file below web/static.",
  opensAt: `Date and time with its offset, such as 2026-10-19T09:00:00-04:00. Voting is open from here, inclusive. ${RELATIVE}`,
  closesAt: `Voting is open until here, exclusive. Once voting is open it can only move later. ${RELATIVE}`,
  timeZone: "IANA time zone of the times that voters are shown. The offsets of opensAt and closesAt are its own.",
  results: "When results are shown: at once, to those whose ballot was accepted, or after closing.",
  minimumBallots:
    "While voting is open, a contest's counts are shown in steps of at least this many ballots; 1 shows every ballot at once.",
  trust:
    "Who has the key of the ballots: `live`, as without it, the office, which counts as ballots come in; `trustees`, several together, so that nobody opens a ballot before closing. Then results is after_close and verification public, voters type a card's number and a code of 13 characters, and scrutin election apply takes the trustees' ceremony.",
  allowBlank: "Whether a ballot may name nobody.",
  identity:
    "Where voters sign in, by OpenID Connect, in place of credentials that they type: leave out credentialFields. The roll has the claim as its column.",
  issuer: "The provider's address, as its tokens say it: https, and one of the stage's voterIssuers.",
  clientId: "As the provider knows the ballot page.",
  claim: "What of a token is looked up on the roll, to the letter: the name of the roll's column.",
  audience: "Whom tokens are for. Default: clientId.",
  credentialFields: "What a voter identifies with; the roll's columns. Default: nas and a code of eleven characters.",
  pattern: "Matched against the normalised value: letters and digits only, upper case.",
  hasCheckCharacter:
    "Whether its last character checks the others, as in the codes that `scrutin roll generate` makes.",
  regions: "The contests of the election; a law has none.",
  seats: "How many candidates each region elects.",
  maxChoices: 'The most candidates that a ballot may mark; "all" is approval voting.',
  maxRankings: "The most candidates that a ballot may rank.",
  withdrawn: "What ballots for a candidate who withdrew are: `void`, as without it, or counted.",
  withdrawnAt: "Recorded by scrutin election withdraw: leave it out.",
  corrections: "Recorded by scrutin election correct: leave it out.",
  lots: "Recorded by scrutin election draw-lot: leave it out.",
  tieBreakOrder: "All candidates in an order drawn by lot before the election: the first of those tied wins.",
};

/** Fields that no file has. */
const BY_SCRUTIN = new Set(["biographies"]);

/** An identifier as an officer may write it: a string, or a number that is read as one. */
function identifierSchema(): z.core.JSONSchema.BaseSchema {
  const text = z.toJSONSchema(Identifier, { io: "output" });
  return {
    anyOf: [
      { type: "string", pattern: text.pattern ?? "" },
      { type: "integer", minimum: 0 },
    ],
  };
}

const orRelative = (name: string, field: unknown): unknown =>
  RELATIVE_FIELDS.has(name) ? { anyOf: [field, { type: "string", pattern: RELATIVE_TIME.source }] } : field;

/** A credential field has an identity of its own. */
const helpOf = (name: string, field: unknown): string | undefined =>
  name === "identity" && typeof field === "object" && field !== null && Reflect.get(field, "type") === "boolean"
    ? "Whether it says who somebody is. Where no field is marked, all but the last do."
    : FIELD_HELP[name];

/** Adds the help to every field, at any depth. Fields of one schema may share one object, so each gets its own. */
function withHelp<T>(node: T, help?: string): T {
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    return Array.isArray(node) ? (node.map((item) => withHelp(item)) as T) : node;
  }
  const entries = Object.entries(node).map(([key, value]) => {
    if (key !== "properties") return [key, withHelp(value)];
    const written = Object.entries(value).filter(([name]) => !BY_SCRUTIN.has(name));
    const fields = written.map(([name, field]) => [name, withHelp(orRelative(name, field), helpOf(name, field))]);
    return [key, Object.fromEntries(fields)];
  });
  return { ...Object.fromEntries(entries), ...(help !== undefined && { description: help }) };
}

/** The schema (draft 2020-12) of a definition as written, before defaults are filled in. */
export function electionJsonSchema(): z.core.JSONSchema.BaseSchema {
  const identifier = identifierSchema();
  const schema = z.toJSONSchema(ElectionDefinition, {
    io: "input",
    override({ zodSchema, jsonSchema }) {
      if (zodSchema === Identifier) {
        for (const name of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, name);
        Object.assign(jsonSchema, identifier);
      }
    },
  });
  return withHelp({ ...schema, title: "A law or an election of Scrutin" });
}
