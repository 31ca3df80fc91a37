import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { isSigned } from "#admin/certification/signing-key.ts";
import { Opening } from "#core/opening.ts";
import { PublicElection } from "#functions/elections/contract.ts";
import { law } from "#test/definitions.ts";
import { get, refusal } from "#test/e2e/api.ts";
import { openPolls } from "#test/e2e/polls.ts";
import { voter } from "#test/e2e/voters.ts";

/** What was fixed before voting opened. */

test("anybody can read the opening statement of an open election, and it is the one that its number names", async () => {
  const election = PublicElection.parse(await (await get("/api/v1/elections/1")).json());
  const response = await get("/api/v1/elections/1/opening");
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toContain("public");
  const text = await response.text();
  expect(createHash("sha256").update(text).digest("hex")).toBe(election.opening_sha256);
  const { statement, signature } = Opening.parse(JSON.parse(text));
  expect(isSigned(statement, signature)).toBe(true);
  expect(statement).toMatchObject({ definition: election.definition, publicKey: election.public_key });
});

test("an election whose opening was not stated has none", async () => {
  await openPolls(law({ electionId: "L-unstated" }), [voter(70)]);
  expect((await refusal(await get("/api/v1/elections/L-unstated/opening"))).status).toBe(404);
  expect((await refusal(await get("/api/v1/elections/nowhere/opening"))).status).toBe(404);
});
