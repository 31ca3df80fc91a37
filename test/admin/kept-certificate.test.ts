import { join } from "node:path";
import { expect, test } from "vitest";
import { verifyBundle } from "#admin/certification/verify.ts";

/** A referendum of twelve ballots, certified on 28 November 2026 by the code of that day. Its files are never written anew. */
const KEPT = {
  folder: join(import.meta.dirname, "../fixtures/certified-law-format-4"),
  signedBy: "DDYQ LSFD L7U6 HQTN HQRM 2IKK ILHI 5ZGS",
  opening: "7a52a48581d3519447bca62666f51322068b544afac30e89b41d4ad10962d449",
  trackingCode: "S4T5S3LTNZRV7RCJEMH7",
};

test("a live election that was certified once is verified for ever", async () => {
  const { folder, ...options } = KEPT;
  const { checks, found } = await verifyBundle(folder, options);
  expect(checks.filter(({ isTrue }) => isTrue !== true)).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(["signature", "opening", "Merkle root"]));
  const recount = checks.find(({ name }) => name === "recount all");
  expect(recount?.finding).toMatchObject({ recounted: { votes: { oui: 6, non: 4 }, blank: 1, spoiled: 1 } });
  expect(found).toEqual([{ regionId: "all", fate: "valid" }]);
});
