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
    "scrutin-certificate-4": "9263b296c5b2ff03b3465df42a860a71a4fcd7d8466fa773f044ef60e9f93efd",
    "scrutin-opening-2": "cdde9e8a7d46007313d56554ff9393ba0cd81001465f1a56ee6cfaeb708772e4",
    "scrutin-change-3": "ee07be994a9c8f3ee8bd74a908f86a2b7771a61f7f89a7e917eb6d0d61bfaaba",
  });
});

test("what was signed in the format before is still read", () => {
  const formats = [Certificate.shape.format, OpeningStatement.shape.format].map((format) => format.options);
  expect(formats).toEqual([
    [CERTIFICATE_FORMAT, "scrutin-certificate-3"],
    [OPENING_FORMAT, "scrutin-opening-1"],
  ]);
});
