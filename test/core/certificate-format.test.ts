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
    "scrutin-certificate-4": "53a584ba9ad294f50eaf8cda47a1bf63a95f92d0567f920b5233ceedfc4a1c7f",
    "scrutin-opening-2": "e8ca17f1a8877fdc70b007864bb3057a5ac90477a587e0f3fcb367c81b4a851c",
    "scrutin-change-2": "9e85d2ca1c0a91a196a08f41cc6c2e331b06dd278f0eb5dab6c5add17ea7d589",
  });
});
