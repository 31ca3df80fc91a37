import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Opening } from "#core/opening.ts";
import { PublicElection } from "#functions/elections/contract.ts";
import { LawResults } from "#functions/results/contract.ts";
import { CHANGES_HEADER, NEWEST_CHANGE_HEADER } from "#functions/runtime/chain-headers-contract.ts";
import { isSigned } from "#storage/signing-key.ts";
import { law } from "#test/definitions.ts";
import { cast, eventually, get, post, refusal } from "#test/e2e/api.ts";
import { enrol, registerUnstated, stateOpening } from "#test/e2e/office.ts";
import { openPolls, sealFor, signFor } from "#test/e2e/polls.ts";
import { credentials, DEMO_ROLL, voter } from "#test/e2e/voters.ts";
import { sealBallot } from "#web/sealing.ts";

/** What was fixed before voting opened. */

/** A stage looks every other minute, the laptop every few seconds. */
const STATED_WITHIN_MS = 170_000;

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

test("nobody can vote before the opening is stated, and everybody afterwards", async () => {
  const definition = law({ electionId: "L-unstated" });
  await registerUnstated(definition);
  const shown = async () => PublicElection.parse(await (await get("/api/v1/elections/L-unstated")).json());
  expect(await shown()).toMatchObject({ status: "upcoming", opening_sha256: null });
  expect((await refusal(await get("/api/v1/elections/L-unstated/opening"))).status).toBe(404);
  expect((await refusal(await get("/api/v1/elections/nowhere/opening"))).status).toBe(404);
  const early = await refusal(
    await post("/api/v1/vote", { ...credentials(voter(70)), law_id: "L-unstated", vote: "oui" }),
  );
  expect(early).toMatchObject({ status: 403 });
  expect(early.type).toContain("not-open-yet");

  const statedMs = Date.now();
  await stateOpening("L-unstated");
  const { opens_at } = await eventually(shown, ({ status }) => status === "open");
  // It was late: voting opens with it, not before.
  expect(Math.abs(Date.parse(opens_at) - statedMs)).toBeLessThanOrEqual(2 * 60_000);
  await openPolls(definition, [voter(70)]);
  await eventually(
    async () => (await post("/api/v1/vote", { ...credentials(voter(70)), law_id: "L-unstated", vote: "oui" })).status,
    (status) => status === 202,
  );
});

test(
  "an election with voters on its roll opens by itself once its hours have come",
  async () => {
    const electionId = "L-due";
    await registerUnstated(law({ electionId }));
    await enrol(electionId, DEMO_ROLL);
    const shown = async () => PublicElection.parse(await (await get(`/api/v1/elections/${electionId}`)).json());
    const { opening_sha256 } = await eventually(shown, ({ status }) => status === "open", STATED_WITHIN_MS);
    const response = await get(`/api/v1/elections/${electionId}/opening`);
    expect(
      createHash("sha256")
        .update(await response.text())
        .digest("hex"),
    ).toBe(opening_sha256);
    expect(response.headers.get(CHANGES_HEADER)).toBe("0");
    expect(response.headers.get(NEWEST_CHANGE_HEADER)).toBe(opening_sha256);
  },
  2 * STATED_WITHIN_MS,
);

test("a ballot sealed for another opening is spoiled, and the others count", async () => {
  const electionId = "L-other-opening";
  await openPolls(law({ electionId }), [voter(71), voter(72)]);
  const { definition, public_key } = PublicElection.parse(await (await get(`/api/v1/elections/${electionId}`)).json());
  const selection = { kind: "choice", choice: "oui" } as const;
  const other = await sealBallot({ definition, opening: "0".repeat(64) }, public_key, "all", selection);
  const honest = await sealFor(electionId, "all", selection);
  for (const [sealed, who] of [
    [other, voter(71)],
    [honest, voter(72)],
  ] as const) {
    const signed = await signFor(electionId, "all", sealed, who);
    await cast("/api/v1/vote", { ...credentials(who), law_id: electionId, ...signed });
  }
  const { oui } = await eventually(
    async () => LawResults.parse(await (await get(`/api/v1/results/${electionId}`)).json()),
    ({ spoiled, total }) => spoiled === 1 && total === 1,
  );
  expect(oui).toBe(1);
});
