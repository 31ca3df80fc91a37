import type { Fate, Found } from "#admin/certification/box-count.ts";
import type { ChangeFault, Check, Finding, OpeningFault, TimeFault } from "#admin/certification/check.ts";
import type { Recount } from "#admin/certification/recount.ts";
import type { Verification } from "#admin/certification/verify.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import type { Certificate } from "#core/ballot-box.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { STRIKES } from "#core/strike.ts";
import { isTurnout } from "#storage/turnout-sheet.ts";

/** Reports of recounts and verifications. */

export function formatRecount({ ballots, differences, swapped }: Recount): string {
  if (differences.length === 0) return `The tallies agree with the ${ballots} stored ballots.`;
  const lines = differences.map(({ contest, interpretation, tallied, recounted }) => {
    const what = isTurnout(contest) ? "turnout until" : `region ${contest},`;
    return `${what} ${interpretation}: tallied ${tallied}, recounted ${recounted}`;
  });
  const done = swapped ? `Counts replaced: ${differences.length}.` : "Nothing was changed: replace them with --swap.";
  return [...lines, done].join("\n");
}

const LINES = {
  malformed: { good: "every line is a ballot", bad: "not a ballot" },
  "out-of-order": { good: "sorted by tracking code", bad: "out of order" },
  "wrong-tracking-code": { good: "each is its envelope's", bad: "not the envelope's tracking code" },
  "unknown-region": { good: "every ballot is for a region of the election", bad: "no such region" },
  "wrong-length": { good: "all envelopes have the election's length", bad: "another length" },
} as const;

const VALUES = {
  merkleRoot: "over the lines of the box",
  ballots: "in the box",
  setAside: "set aside, so spoiled",
} as const;

const KEYS = {
  fits: "is the one the ballots were sealed to",
  missing: "is missing",
  "with-auditors": "is with the auditors",
  another: "is not the one the ballots were sealed to",
} as const;

const OPENINGS: Readonly<Record<OpeningFault, string>> = {
  missing: "there is none: nothing shows what was fixed before voting opened",
  another: "not the one that was published",
  "not-certified": "not the one that the certificate names",
  "not-signed": "its signature does not fit",
  "another-signer": "by another key than the certificate",
  "holds-later-acts": "its definition holds a lot or a cancellation, which can only come after it",
  "not-asked-for": "nothing shows that this was published before voting: name its SHA-256 with --opening",
};

const CHANGES: Readonly<Record<ChangeFault, string>> = {
  "not-signed": "its signature does not fit",
  "another-signer": "by another key than the opening",
  "does-not-follow": "does not follow from the statement before it: one was changed, added or left out",
  "out-of-order": "dated before the statement that it follows",
  "after-closing": "dated after voting closed",
  "not-later": "moves a time, but not to a later one",
  "not-ahead": "takes an extension back to a time that had passed, or to a later one",
  "before-first-closing": "moves the closing before the one that voters were told first",
  "another-text": "corrects what did not say that",
  "name-of-another": "gives a candidate or a party the name of another",
  "after-opening": "moves the opening, but is dated after it",
  "unknown-region": "has voters in a region that the definition lacks",
  "unknown-candidate": "names a candidate whom the definition lacks",
  cancelled: "cancels the election: nothing is certified of it",
  "lot-before-closing": "a lot drawn before voting closed",
  "published-missing": "the one that was published is not among them",
};

const TIMES: Readonly<Record<TimeFault, string>> = {
  "certified-before-closing": "certified before voting closed",
  "stated-after-opening": "the opening was stated after voting opened",
  "changed-after-certification": "a change is dated after the certificate",
};

const DIFFERENCES_TOLD = 5;

function signatureInWords({ fits, fingerprint, signedBy }: Finding & { kind: "signature" }, isTrue: boolean): string {
  if (!fits) return "does not fit the certificate";
  if (signedBy === undefined) {
    return `by ${fingerprint}, but nothing shows who that is: name the fingerprint published elsewhere with --signed-by`;
  }
  return isTrue ? `by ${fingerprint}, as expected` : `by another key, ${fingerprint}`;
}

function recountInWords({ recounted, differences }: Finding & { kind: "recount" }): string {
  if (differences.length > 0) {
    const tell = (value: unknown): string => (value === undefined ? "nothing" : canonicalJson(value));
    return differences
      .slice(0, DIFFERENCES_TOLD)
      .map(({ path, certified, recounted }) => `${path} certified ${tell(certified)}, recounted ${tell(recounted)}`)
      .join("; ");
  }
  const { votes, blank, spoiled, outcome } = recounted;
  const counts = Object.entries({ ...votes, blank, spoiled }).map(([option, count]) => `${option} ${count}`);
  return `${counts.join(", ")}${outcome === undefined ? "" : `: ${outcome.replaceAll("-", " ")}`}`;
}

/** "; codes struck off: 2 reissued, 1 removed"; nothing where none was. */
function describeStruck(struck: Certificate["struck"]): string {
  const told = STRIKES.flatMap((strike) => {
    const codes = struck?.[strike] ?? 0;
    return codes === 0 ? [] : `${codes} ${strike.replace("-", " ")}`;
  });
  return told.length === 0 ? "" : `; codes struck off: ${told.join(", ")}`;
}

function inWords({ finding, isTrue }: Check): string {
  switch (finding.kind) {
    case "signature":
      return signatureInWords(finding, isTrue === true);
    case "counts": {
      if (finding.contradictions.length > 0) return finding.contradictions.join("; ");
      const { onRoll, cast, counted, blank, spoiled, duplicates, invalid } = finding.counts;
      return `${onRoll} on the roll; ${cast} cast = ${counted} counted + ${blank} blank + ${spoiled} spoiled; rejected: ${duplicates} duplicates, ${invalid} invalid`;
    }
    case "lines": {
      const { good, bad } = LINES[finding.fault];
      return isTrue === true ? good : `${bad}: line ${finding.lines.join(", ")}`;
    }
    case "value": {
      const { of, certified, found } = finding;
      return `${isTrue === true ? found : `certified ${certified}, found ${found}`} ${VALUES[of]}`;
    }
    case "ballot-key":
      return KEYS[finding.key];
    case "envelopes": {
      const { ballots, certifiedSpoiled, spoiled, shared } = finding;
      const why = shared === 0 ? "" : `, ${shared} of them for a one-time key that others have too`;
      return isTrue === true
        ? `${ballots - spoiled} open to a valid ballot, ${spoiled} spoiled as certified${why}`
        : `certified ${certifiedSpoiled} spoiled, ${spoiled} do not open to a valid ballot`;
    }
    case "contests":
      return `${finding.certified} certified, ${finding.defined} in the definition`;
    case "recount":
      return recountInWords(finding);
    case "opening": {
      const { fault, sha256, named } = finding;
      const which = sha256 === undefined ? "" : `SHA-256 ${sha256}, `;
      return `${which}${fault === undefined ? `as expected, by ${named} of its digits` : OPENINGS[fault]}`;
    }
    case "definition": {
      const { fields, closing } = finding;
      if (fields.length > 0) return `not as stated before voting and in the signed changes: ${fields.join(", ")}`;
      const isMoved = closing.stated !== closing.certified;
      return `as stated before voting${isMoved ? `, closing moved from ${closing.stated} to ${closing.certified}` : ""}`;
    }
    case "biographies": {
      const { named, missing, foreign, corrected } = finding;
      if (corrected.length > 0) {
        return `corrected of candidate ${corrected.join(", ")}, which did not say that`;
      }
      if (isTrue === true) return `${named} texts, each as the definition names it`;
      const others = foreign.length === 0 ? "" : `, others in their place: line ${foreign.join(", ")}`;
      return `${missing} of the ${named} texts that the definition names are missing${others}`;
    }
    case "sealed-to":
      return isTrue === true
        ? "as stated before voting"
        : `stated ${finding.stated}, certified ${finding.certified}: the ballots were made anew`;
    case "roll": {
      const { regions, stated, certified, changes, struck } = finding;
      if (isTrue === true) return `${certified} voters, as stated before voting${describeStruck(struck)}`;
      if (isTrue === undefined) {
        return `${stated} voters before voting, ${certified} after ${changes} signed changes${describeStruck(struck)}`;
      }
      return `not as stated: ${stated} voters before voting, ${certified} certified${regions.length > 0 ? `, region ${regions.join(", ")}` : ""}`;
    }
    case "changes": {
      const { fault, change, extensions, rolls, lateRolls, withdrawals, corrections, lots, unpublished } = finding;
      if (fault === "missing") return "changes.json is missing: nothing shows what was changed since the opening";
      if (fault !== undefined) return `${change === undefined ? "" : `change ${change}: `}${CHANGES[fault]}`;
      if (extensions + rolls + withdrawals + corrections + lots === 0) return "none since the opening";
      const late = lateRolls === 0 ? "" : `; changes of the roll signed after closing: ${lateRolls}`;
      const word =
        unpublished === 0
          ? ""
          : `; ${unpublished} of who withdrew or of texts may have been dated back: name a change that was published before closing with --changes`;
      const acts = [
        ...(withdrawals === 0 ? [] : [`${withdrawals} of who withdrew`]),
        ...(corrections === 0 ? [] : [`${corrections} of texts`]),
        ...(lots === 0 ? [] : [`${lots} of lots drawn`]),
      ];
      const told = [`${extensions} of the times`, `${rolls} of the roll`, ...acts].join(", ");
      return `signed one after the other: ${told}${late}${word}`;
    }
    case "times": {
      const { faults, statedAt, opensAt, closesAt, certifiedAt } = finding;
      const told = `stated ${statedAt ?? "never"}, opened ${opensAt}, closed ${closesAt}, certified ${certifiedAt}`;
      return faults.length === 0 ? told : `${faults.map((fault) => TIMES[fault]).join("; ")}: ${told}`;
    }
    case "roll-regions":
      return finding.unknown.length === 0
        ? "all are the definition's"
        : `the definition has no region ${finding.unknown.join(", ")}`;
    case "acts": {
      const { certified, signed } = finding;
      if (isTrue !== true) {
        return `certified ${canonicalJson(certified.signed)}, the signed changes come to ${canonicalJson(signed)}`;
      }
      const told = Object.entries(certified.recorded).map(([act, { acts, people }]) => {
        return `${act} ${acts} (${people} ${people === 1 ? "person" : "people"})`;
      });
      return `as many as signed${told.length === 0 ? "" : `; by the office's own record: ${told.join(", ")}`}`;
    }
    case "lots": {
      const told = finding.lots.map(({ regionId, order, drawnAt, witnesses, by }) => {
        const where = regionId === null ? "all regions" : `region ${regionId}`;
        return `${where}: ${order.join(", ")}, drawn ${drawnAt}, recorded by ${by}, watched by ${witnesses.join(", ")}`;
      });
      return `${told.join("; ")}: these files cannot show that it was drawn so`;
    }
    case "stray-lots":
      return isTrue === true
        ? "each lot was drawn between those who were tied"
        : `lot ${finding.lots.join(", ")} names others than those who were tied: it was not drawn over that tie`;
    case "old-rules":
      return isTrue === true
        ? "of format 3, and today's come to the same"
        : `of format 3, and today's come to another outcome (${finding.regions.join(", ")}): nothing but the certificate says which were in force`;
    case "told":
      return finding.words;
    case "not-certified":
      return "not certified";
    case "not-recounted":
      return "not made: only the auditors' key opens the box";
    default:
      return finding satisfies never;
  }
}

const FATES: Readonly<Record<Fate, string>> = {
  valid: "counted",
  spoiled: "but SPOILED: it does not open to a valid ballot",
  "shared-key": "but SPOILED: other ballots share its one-time key",
  "set-aside": "but SPOILED: it was set aside, as written to the box by somebody who is no voter",
  mixed: "mixed with all others and counted: nobody can tell what it says",
  sealed: "unopened: only the ballot key shows whether it is valid",
};

function whereFound({ regionId, fate }: Found): string {
  return `region ${regionId}, ${FATES[fate]}`;
}

/** What a card did. A voter who stayed at home sees here whether somebody voted in their name. */
function whatCardDid({ onRoll, trackingCode }: NonNullable<Verification["card"]>): string {
  if (trackingCode !== undefined) return `The card cast the ballot ${trackingCode}, which is in the box.`;
  return onRoll === undefined
    ? "The card is not on the roll: its number or code was mistyped, or it is of another election."
    : `The card cast no ballot: it is on the roll in region ${onRoll}, and nothing is in the box under its key.`;
}

/** Every check on a line, the ballot that was asked for, then the verdict. `sought` is its tracking code. */
export function formatVerification({ checks, found, card }: Verification, sought?: string): string {
  const verdict = ({ isTrue }: Check): string => (isTrue === undefined ? "-" : isTrue ? "ok" : "LIE");
  const rows = checks.map((check) => [verdict(check), check.name, inWords(check)]);
  const ofChecks = (isTrue: boolean | undefined): number => checks.filter((check) => check.isTrue === isTrue).length;
  const [passed, failed, notMade] = [ofChecks(true), ofChecks(false), ofChecks(undefined)];
  const whereabouts = found?.length === 0 ? "not in the box" : `in the box, ${found?.map(whereFound).join("; ")}`;
  return [
    layOut(rows, [{}, {}, {}]),
    ...(found === undefined ? [] : [`The ballot ${sought} is ${whereabouts}.`]),
    ...(card === undefined ? [] : [whatCardDid(card)]),
    `${passed} of ${checks.length} checks passed${failed > 0 ? ", do not trust these files" : notMade > 0 ? `, ${notMade} could not be made` : ""}.`,
  ].join("\n");
}
