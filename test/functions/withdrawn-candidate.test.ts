import { expect, test } from "vitest";
import { withWithdrawal } from "#core/officers-acts.ts";
import { readBallotRequest } from "#functions/submit/ballot-request.ts";
import { race, rankedRace } from "#test/definitions.ts";

const AT = "2025-06-01T12:00:00.000Z";
const voter = { nas: "123456789", code: "ABC123", region_id: "1" };

test("a plain ballot for a candidate who withdrew is refused in words, and others are not", () => {
  const single = withWithdrawal(race(), "1", AT);
  const cast = (definition: typeof single, choices: object) =>
    readBallotRequest(definition, { ...voter, election_id: definition.electionId, ...choices }, "en");
  expect(cast(single, { candidate_id: "1" })).toEqual({
    ok: false,
    errors: [{ field: "candidate_id", message: "This candidate has withdrawn and can no longer be chosen." }],
  });
  expect(cast(single, { candidate_id: "2" }).ok).toBe(true);
  const ranked = withWithdrawal(rankedRace(), "2", AT);
  expect(cast(ranked, { ranked_choices: ["1", "2"] })).toMatchObject({
    ok: false,
    errors: [{ field: "ranked_choices" }],
  });
  expect(cast(ranked, { ranked_choices: ["1"] }).ok).toBe(true);
});
