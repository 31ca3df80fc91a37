import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod";
import { CERTIFICATE_FORMAT, Certificate, TRUSTEES_CERTIFICATE_FORMAT } from "#core/ballot-box.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { CHANGE_FORMAT, ChangeStatement, OPENING_FORMAT, OpeningStatement } from "#core/opening.ts";

/** What is signed and published has a format, which changes with whatever it may hold. */

const digestOf = (shape: z.core.$ZodType): string =>
  createHash("sha256")
    .update(canonicalJson(z.toJSONSchema(shape, { io: "input" })))
    .digest("hex");

test("a certificate, an opening or a change that may hold something else than before has another format", () => {
  // A line that no longer holds: give the format another number, and enter its digest here. What only the level "trustees" has may be
  // added, since no live election's files then hold anything else than before.
  expect({
    [CERTIFICATE_FORMAT]: digestOf(Certificate),
    [OPENING_FORMAT]: digestOf(OpeningStatement),
    [CHANGE_FORMAT]: digestOf(ChangeStatement),
  }).toEqual({
    "scrutin-certificate-4": "689a2986cd860d80c8699bb473fea7470076720192eb3a2b346a497b99b4db91",
    "scrutin-opening-2": "1d1f192d2d4e0ca41d6e3abd6f2047dbdccde8da2150c494fd43e1b7505b47de",
    "scrutin-change-3": "228519bcd849803ea853ba44373d1d136b50eab8face2089bed8b24f56271d01",
  });
});

test("what was signed in the format before is still read", () => {
  const formats = [Certificate.shape.format, OpeningStatement.shape.format].map((format) => format.options);
  expect(formats).toEqual([
    [CERTIFICATE_FORMAT, TRUSTEES_CERTIFICATE_FORMAT, "scrutin-certificate-3"],
    [OPENING_FORMAT, "scrutin-opening-1"],
  ]);
});
