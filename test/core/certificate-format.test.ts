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
    "scrutin-certificate-4": "3c822ef897077df5d78a85a22ff11916b681673be271a54acc2e01daed4fc66e",
    "scrutin-opening-1": "12a50a5949fdc475578940beb2f3b84802f11d9d307ee50a97eea6cc880af954",
    "scrutin-change-3": "f248035aa7878e665dfcaa613f74216ae1ef0188a5907bd09830420000c41215",
  });
});
