import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod";
import { CERTIFICATE_FORMAT, Certificate } from "#core/ballot-box.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { CHANGE_FORMAT, ChangeStatement, OPENING_FORMAT, OpeningStatement } from "#core/opening.ts";

/** What is signed and published has a format, which changes with whatever it may hold. */

const digestOf = (shape: z.core.$ZodType): string =>
  createHash("sha256")
    .update(canonicalJson(z.toJSONSchema(shape, { io: "input" })))
    .digest("hex");

test("a certificate, an opening or a change that may hold something else than before has another format", () => {
  // A line that no longer holds: give the format another number, and enter its digest here.
  expect({
    [CERTIFICATE_FORMAT]: digestOf(Certificate),
    [OPENING_FORMAT]: digestOf(OpeningStatement),
    [CHANGE_FORMAT]: digestOf(ChangeStatement),
  }).toEqual({
    "scrutin-certificate-4": "c94fda260c0c8a47c16c4752777ffa3ac49a129c96c17e3ee6b17323db59fc8c",
    "scrutin-opening-2": "3e2c0c1a7c2c07a8f05020866be23e208dd0e446893fee1ee76fe0ab674fb909",
    "scrutin-change-3": "228519bcd849803ea853ba44373d1d136b50eab8face2089bed8b24f56271d01",
  });
});

test("what was signed in the format before is still read", () => {
  const formats = [Certificate.shape.format, OpeningStatement.shape.format].map((format) => format.options);
  expect(formats).toEqual([
    [CERTIFICATE_FORMAT, "scrutin-certificate-3"],
    [OPENING_FORMAT, "scrutin-opening-1"],
  ]);
});
