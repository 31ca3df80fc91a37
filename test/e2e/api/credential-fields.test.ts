import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { PublicElection } from "#functions/elections/contract.ts";
import { ElectionResults } from "#functions/results/contract.ts";
import { cast, eventually, get, outcomeOf, post, refusal } from "#test/e2e/api.ts";

/** An election whose definition identifies voters by a personal id and a GUID. */

const csv = await readFile(new URL("../../../elections/election-3-voters.csv", import.meta.url), "utf8");
const [header, ...rows] = csv.trim().split("\n");
const voters = rows.map((row) => {
  const [personalId = "", token = "", region = ""] = row.split(",");
  return { personal_id: personalId, token, region };
});

const ballot = (n: number, change: object = {}) => {
  const { region = "", ...credentials } = voters[n] ?? {};
  return { ...credentials, election_id: 3, region_id: region, candidate_id: region === "1" ? "N1" : "S1", ...change };
};

test("the columns of the voters' file are named after the definition's fields", () => {
  expect(header).toBe("personal_id,token,region_id");
  expect(voters).toHaveLength(100);
});

test("the API gives the election's fields with labels, hints and patterns in both languages", async () => {
  const election = PublicElection.parse(await (await get("/api/v1/elections/3")).json());
  expect(election.credential_fields).toMatchObject([
    { name: "personal_id", label: { fr: "Numéro personnel", en: "Personal id" }, pattern: "[0-9]{11}" },
    { name: "token", hint: { fr: expect.any(String), en: expect.any(String) }, pattern: "[0-9A-F]{32}" },
  ]);
});

test("a ballot with a personal id and a token is accepted, and its voter may see the result", async () => {
  const receipt = await cast("/api/v1/elections/vote", ballot(0));
  expect((await outcomeOf(receipt)).status).toBe("accepted");
  const path = `/api/v1/elections/3/regions/${voters[0]?.region}/results`;
  const seen = await eventually(
    async () => ElectionResults.parse(await (await get(path, { "scrutin-request-id": receipt.request_id })).json()),
    ({ total }) => (total ?? 0) >= 1,
  );
  expect(seen.turnout.on_roll).toBe(50);
});

test("a token is the same with or without dashes, in any case", async () => {
  const token = voters[1]?.token ?? "";
  const spellings = [token.toUpperCase(), token.replaceAll("-", ""), token.replaceAll("-", " ")];
  const first = await cast("/api/v1/elections/vote", ballot(1, { token: spellings[0] }));
  expect((await outcomeOf(first)).status).toBe("accepted");
  for (const spelling of spellings.slice(1)) {
    const again = await cast("/api/v1/elections/vote", ballot(1, { token: spelling }));
    expect((await outcomeOf(again)).status).toBe("duplicate");
  }
});

test("someone else's token is invalid", async () => {
  const receipt = await cast("/api/v1/elections/vote", ballot(2, { token: voters[3]?.token }));
  expect(await outcomeOf(receipt)).toMatchObject({ status: "invalid", reason: "unknown-credentials" });
});

test.each([
  ["an id of ten digits", { personal_id: "1234567890" }, ["personal_id"]],
  ["a token that is no GUID", { token: "0f8fad5b-d9cb-469f-a165" }, ["token"]],
  ["a NAS and a code", { personal_id: undefined, token: undefined, nas: "123456789", code: "ABC123" }, undefined],
])("%s is refused by field", async (_, change, fields) => {
  const { status, errors } = await refusal(await post("/api/v1/elections/vote", ballot(4, change)));
  expect(status).toBe(400);
  expect(errors?.map(({ field }) => field).sort()).toEqual(fields ?? ["code", "nas", "personal_id", "token"]);
});
