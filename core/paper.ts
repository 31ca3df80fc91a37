import { canonicalJson } from "#core/canonical-json.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { describeIdentity } from "#core/identity.ts";
import type { Language } from "#core/language.ts";

/** A paper: definitions that name the same one are questions that a voter answers in one visit. Needs no schema. */

/** A letter names all of them on its page, and a voter casts as many ballots at once. */
export const MOST_QUESTIONS = 12;

/** A fault of a definition beside the other questions of its paper: `regions: must …`. */
export type PaperFault = Readonly<{ electionId: string; fault: BilingualText }>;

const IDS_NAMED = 5;

/** The questions of a paper, in the order of the definitions. */
export function questionsOf<T extends Readonly<{ definition: ElectionDefinition }>>(
  elections: readonly T[],
  paper: string,
): readonly T[] {
  return elections.filter(({ definition }) => definition.paper === paper);
}

const asIn = ({ electionId, paper }: ElectionDefinition): BilingualText => ({
  en: `as in election ${electionId} of the same paper ${paper}`,
  fr: `comme dans l’élection ${electionId} du même bulletin ${paper}`,
});

const CREDENTIAL_WORDS = {
  en: { checked: " with a check character", identity: " (identity)" },
  fr: { checked: " avec un caractère de contrôle", identity: " (identité)" },
} as const;

function credentialsIn(language: Language, { credentialFields, identity }: ElectionDefinition): string {
  if (identity !== undefined) return describeIdentity(identity);
  const words = CREDENTIAL_WORDS[language];
  return credentialFields
    .map(
      ({ name, pattern, hasCheckCharacter, identity: isIdentity }) =>
        `${name} ${pattern}${hasCheckCharacter ? words.checked : ""}${isIdentity ? words.identity : ""}`,
    )
    .join(", ");
}

const named = (ids: readonly string[]): string =>
  `${ids.slice(0, IDS_NAMED).join(", ")}${ids.length > IDS_NAMED ? ", …" : ""}`;

function regionsFault(definition: ElectionDefinition, other: ElectionDefinition): BilingualText | undefined {
  const idsOf = ({ regions }: ElectionDefinition): readonly string[] => regions.map(({ regionId }) => regionId);
  const without = (ids: readonly string[], taken: ReadonlySet<string>) => ids.filter((id) => !taken.has(id));
  const missing = without(idsOf(other), new Set(idsOf(definition)));
  const foreign = without(idsOf(definition), new Set(idsOf(other)));
  if (missing.length === 0 && foreign.length === 0) return undefined;
  const told = (isMissing: string, isForeign: string): string =>
    [
      ...(missing.length === 0 ? [] : [`${named(missing)} ${isMissing}`]),
      ...(foreign.length === 0 ? [] : [`${named(foreign)} ${isForeign}`]),
    ].join(", ");
  const { en, fr } = asIn(other);
  return {
    en: `regions: must have the same ids, ${en}: ${told("missing", "not there")}.`,
    fr: `regions\u00a0: doit avoir les mêmes identifiants, ${fr}\u00a0: ${told("manque ici", "n’y est pas")}.`,
  };
}

function mustBe(field: string, value: string, other: ElectionDefinition): BilingualText {
  const { en, fr } = asIn(other);
  return { en: `${field}: must be ${value}, ${en}.`, fr: `${field}\u00a0: doit être ${value}, ${fr}.` };
}

function credentialsFault(other: ElectionDefinition): BilingualText {
  const [en, fr] = [credentialsIn("en", other), credentialsIn("fr", other)];
  if (other.identity !== undefined) return mustBe("identity", en, other);
  const place = asIn(other);
  return {
    en: `credentialFields: must be ${en}, in this order, ${place.en}.`,
    fr: `credentialFields\u00a0: doit être ${fr}, dans cet ordre, ${place.fr}.`,
  };
}

/** What a question has to share with another of its paper and does not. */
function faultsBeside(definition: ElectionDefinition, other: ElectionDefinition): readonly BilingualText[] {
  const isTest = other.test === true;
  const isSame = credentialsIn("en", definition) === credentialsIn("en", other);
  return [
    ...(isSame ? [] : [credentialsFault(other)]),
    ...(definition.timeZone === other.timeZone ? [] : [mustBe("timeZone", other.timeZone, other)]),
    ...((definition.test === true) === isTest ? [] : [mustBe("test", String(isTest), other)]),
  ];
}

/** The papers of these definitions, each with its other questions before those given. */
function papersOf(given: readonly ElectionDefinition[], registered: readonly ElectionDefinition[]) {
  const ids = new Set(given.map(({ electionId }) => electionId));
  const others = registered.filter(({ electionId }) => !ids.has(electionId));
  return [...new Set(given.flatMap(({ paper }) => paper ?? []))].map((paper) => ({
    paper,
    others: others.filter((definition) => definition.paper === paper),
    questions: given.filter((definition) => definition.paper === paper),
  }));
}

/**
 * What definitions break of the rules between the questions of a paper, whenever they are compared; without their times, which
 * officers may move one by one.
 * @param registered what they stand beside; those that they replace are passed over
 */
export function paperFaults(
  given: readonly ElectionDefinition[],
  registered: readonly ElectionDefinition[] = [],
): readonly PaperFault[] {
  return papersOf(given, registered).flatMap(({ paper, others, questions }) => {
    const all = [...others, ...questions];
    const [first] = all;
    const withRegions = all.find(({ regions }) => regions.length > 0);
    const last = questions.at(-1);
    const tooMany =
      all.length <= MOST_QUESTIONS || last === undefined
        ? []
        : [
            {
              electionId: last.electionId,
              fault: {
                en: `paper: ${paper} may have ${MOST_QUESTIONS} questions and has ${all.length}.`,
                fr: `paper\u00a0: le bulletin ${paper} peut avoir ${MOST_QUESTIONS} questions et en a ${all.length}.`,
              },
            },
          ];
    const apart = questions.flatMap((definition) => {
      const ofRegions =
        withRegions === undefined || definition.regions.length === 0
          ? undefined
          : regionsFault(definition, withRegions);
      const faults = [
        ...(first === undefined ? [] : faultsBeside(definition, first)),
        ...(ofRegions === undefined ? [] : [ofRegions]),
      ];
      return faults.map((fault) => ({ electionId: definition.electionId, fault }));
    });
    return [...tooMany, ...apart];
  });
}

const TIMES = ["opensAt", "closesAt"] as const;

const timesOf = (definition: ElectionDefinition): string =>
  canonicalJson([definition.paper, ...TIMES.map((name) => Date.parse(definition[name]))]);

/**
 * Questions that are new, or whose times change, with other times than their paper's. What officers have moved since may differ.
 * @param registered as paperFaults takes it, here with those that are replaced
 */
export function paperTimesFaults(
  given: readonly ElectionDefinition[],
  registered: readonly ElectionDefinition[] = [],
): readonly PaperFault[] {
  const before = new Map(registered.map((definition) => [definition.electionId, timesOf(definition)]));
  return papersOf(given, registered).flatMap(({ others, questions }) => {
    const isMoved = (definition: ElectionDefinition): boolean =>
      before.get(definition.electionId) !== timesOf(definition);
    const moved = questions.filter(isMoved);
    const standing = [...others, ...questions.filter((definition) => !isMoved(definition))];
    const expected = standing.length > 0 ? standing : moved.slice(0, 1);
    return moved.flatMap((definition) => {
      const [other] = expected;
      if (other === undefined || expected.some((each) => timesOf(each) === timesOf(definition))) return [];
      const different = TIMES.filter((name) => Date.parse(definition[name]) !== Date.parse(other[name]));
      return different.map((name) => ({
        electionId: definition.electionId,
        fault: mustBe(name, other[name], other),
      }));
    });
  });
}
