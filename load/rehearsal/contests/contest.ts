import type { Figures } from "#load/rehearsal/diary.ts";

/** A contest of the day: its ballots, and what they come to. That was worked out by hand, from the ballots above it. */
export type Contest = Readonly<{
  electionId: string;
  /** Of the definition's file, without its times. */
  definition: Readonly<Record<string, unknown>>;
  /** People on the roll that is imported before, by region. */
  roll: Readonly<Record<string, number>>;
  morning: readonly Ballots[];
  /** After candidates have withdrawn. */
  afternoon: readonly Ballots[];
  /** Who withdraws at noon. */
  withdraws?: Readonly<{ candidateId: string; regionId: string }>;
  /** Attempts that change nothing. */
  inVain: InVain;
  /** What the tie that a lot has to decide is over, before the lot, by region. */
  tie?: Readonly<{ regionId: string; told: string; order: readonly string[] }>;
  /** What the office did: the signed changes after the opening, and by its own record how often and to how many people. */
  acts: Readonly<{ signed: Figures; recorded: Figures }>;
  /** As `results --json --by-region` tells it when all is over; a law has no regions. */
  results: Readonly<{ all: Figures; byRegion: Readonly<Record<string, Figures>> }>;
  certified: Readonly<{
    counts: Figures;
    onRoll: Figures;
    struck: Figures;
    /** Ballots that do not open, which `certify` names; void ones are good ballots. */
    unopened: number;
  }>;
  /** Exit code of `verify`: 2 where something was done that no file can prove, such as a lot. */
  verified: 0 | 2;
  /** What `audit export` says that it wrote. */
  audit: string;
}>;

/**
 * So many ballots of a region that say this: `oui`, a candidate, `ada+ben` for marks, `ada>ben` for a ranking, `blank`; `spoiled` for
 * an envelope of noise, `copy` for one copied from the first ballot.
 */
export type Ballots = readonly [regionId: string, ballots: number, says: string];

export type InVain = Readonly<{
  /** Again, by people whose ballot is in the box. */
  duplicates: number;
  /** By people on no roll. */
  strangers: number;
  /** In another region than their own. */
  astray: number;
}>;

/** Where a law is put to everybody. */
export const EVERYWHERE = "all";

export const CONTACT = {
  fr: "le bureau des élections de la ville, au 1 855 555-0142",
  en: "the town’s election office, at 1 855 555-0142",
};

export const inBoth = (text: string) => ({ fr: text, en: text });

/** A candidate whose id is the first name in lower case. */
export function standing(name: string, regionIds: readonly string[], partyId?: string) {
  const [firstName = "", lastName = ""] = name.split(" ");
  const candidateId = firstName.toLowerCase();
  return { candidateId, firstName, lastName, regionIds, ...(partyId !== undefined && { partyId }) };
}
