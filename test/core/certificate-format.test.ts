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
    "scrutin-certificate-4": "951fd5ba03166a2f88c0a495f70c686d5d6a6c252287866b454a70bfdd015705",
    "scrutin-opening-2": "a530fa4c452e4d1c9d02a7cc1a25e78d3d0545d1b44618d60fce57537ad9ac53",
    "scrutin-change-3": "046d216a841c0869e6cebcfd243e70a47c6e0e047901fb54a1d5568b3355e164",
  });
});
