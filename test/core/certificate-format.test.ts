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
    "scrutin-certificate-4": "31834c8e479df46ac76e6a0658244dd92e1d37595ccb89235aea84cb2f51a08a",
    "scrutin-opening-2": "485130d8f9e1c5bcd7da33a3780765177d6586d763feecc11a5ad8c3c3c8f91d",
    "scrutin-change-3": "046d216a841c0869e6cebcfd243e70a47c6e0e047901fb54a1d5568b3355e164",
  });
});
