import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aloneIn,
  cellName,
  electionOf,
  outcomeOf,
  padSequenceNumber,
  REJECTIONS,
  readCell,
  rejectedBucketKey,
  rejectedRowKey,
  rejectedRowPrefix,
  sheetKey,
  tallyRowKey,
} from "#storage/keys.ts";

describe("table keys", () => {
  test("padded sequence numbers sort numerically", () => {
    const sequenceNumber = fc.bigInt({ min: 0n, max: 10n ** 40n - 1n });
    fc.assert(
      fc.property(sequenceNumber, sequenceNumber, (a, b) => {
        expect(padSequenceNumber(String(a)) < padSequenceNumber(String(b))).toBe(a < b);
      }),
    );
  });

  const identifier = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);
  const counted = fc.stringMatching(/^[A-Za-z0-9>_!-]{1,60}$/);

  test("a tally row says what it counts alone, if anything, whatever the shard's name", () => {
    const shardId = fc.stringMatching(/^[A-Za-z0-9-]{1,60}$/);
    fc.assert(
      fc.property(shardId, fc.option(counted, { nil: "" }), (shard, alone) => {
        expect(aloneIn(tallyRowKey(shard, alone))).toBe(alone);
      }),
    );
  });

  test("a cell says its region and selection, and never clashes with another attribute of a tally row", () => {
    fc.assert(
      fc.property(identifier, counted, (regionId, selection) => {
        expect(readCell(cellName(regionId, selection))).toEqual({ regionId, interpretation: selection });
      }),
    );
    for (const attribute of ["sheet", "row", "lastSequenceNumber"]) expect(readCell(attribute)).toBeUndefined();
  });

  test("a tally sheet says its election", () => {
    fc.assert(
      fc.property(identifier, identifier, (electionId, sheet) => {
        expect(electionOf(sheetKey(electionId, sheet))).toBe(electionId);
        expect(electionOf(sheetKey(electionId, `@${sheet}`))).toBe(electionId);
      }),
    );
  });

  test("a tally sheet's key has its layout's version, and keys without it or with another are not sheets", () => {
    fc.assert(
      fc.property(identifier, identifier, identifier, (electionId, layout, sheet) => {
        expect(sheetKey(electionId, sheet)).toBe(`${electionId}#v1#${sheet}`);
        expect(electionOf(`${electionId}#${sheet}`)).toBeUndefined();
        if (layout !== "v1") expect(electionOf(`${electionId}#${layout}#${sheet}`)).toBeUndefined();
      }),
    );
  });

  test("two sheets never share a key", () => {
    fc.assert(
      fc.property(identifier, identifier, identifier, identifier, (election, sheet, otherElection, otherSheet) => {
        const isSame = election === otherElection && sheet === otherSheet;
        expect(sheetKey(election, sheet) === sheetKey(otherElection, otherSheet)).toBe(isSame);
      }),
      { examples: [["E", "v1", "E1", "v1"]] },
    );
  });

  test("a row of rejected attempts says its outcome and is in its hash's bucket, by prefix", () => {
    const hash = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);
    fc.assert(
      fc.property(hash, fc.constantFrom(...REJECTIONS), (voter, outcome) => {
        const row = rejectedRowKey(voter, outcome);
        expect(outcomeOf(row)).toBe(outcome);
        expect(row.startsWith(rejectedRowPrefix(voter))).toBe(true);
        expect(rejectedBucketKey("E1", voter)).toMatch(/^E1#(?:\d|1[0-5])$/);
      }),
    );
    expect(outcomeOf("no-row-of-ours")).toBeUndefined();
  });
});
