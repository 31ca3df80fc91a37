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
    "scrutin-certificate-4": "33762bf64c5ffbfa23c5f3ed31c68754c338c0c2970776d4754437e9d42f65c5",
    "scrutin-opening-2": "2819bebc3e4d85c978a0f4cf7596bc6bd79577c20795be1f9a842ef371258c12",
    "scrutin-change-3": "14c89b2f2c6f903df18cbaa8e62682a8114ce75e0ea5c6fc725520fe7d56228b",
  });
});

test("what was signed in the format before is still read", () => {
  const formats = [Certificate.shape.format, OpeningStatement.shape.format].map((format) => format.options);
  expect(formats).toEqual([
    [CERTIFICATE_FORMAT, "scrutin-certificate-3"],
    [OPENING_FORMAT, "scrutin-opening-1"],
  ]);
});
