import { expect, test } from "vitest";
import { ElectionVote, LawVote } from "#functions/docs/vote-requests.ts";
import { ElectionVoteRequest, LawVoteRequest } from "#functions/submit/contract.ts";

const VOTER = { nas: "123456789", code: "ABC123" };
const SEALED = { envelope: "AAAA", one_time_key: "A".repeat(43), signature: "A".repeat(86) };
const LAW = { ...VOTER, law_id: "L2025-001" };
const RACE = { ...VOTER, election_id: 1, region_id: "1" };

const KINDS = [
  { kind: "law", document: LawVote, submit: LawVoteRequest, ballot: LAW, choices: [{ vote: "oui" }, SEALED] },
  {
    kind: "election",
    document: ElectionVote,
    submit: ElectionVoteRequest,
    ballot: RACE,
    choices: [
      { candidate_id: 1 },
      { candidate_ids: ["A1", 2] },
      { ranked_choices: ["A1", 2] },
      { blank: true },
      SEALED,
    ],
  },
];

test.each(KINDS)("the document has the fields that submit takes for a ballot on a $kind", ({ document, submit }) => {
  const documented = new Set(document.options.flatMap((form) => Object.keys(form.shape)));
  expect([...documented].sort()).toEqual(Object.keys(submit.shape).sort());
});

test.each(KINDS)("a ballot on a $kind has exactly one choice", ({ document, submit, ballot, choices }) => {
  for (const choice of choices) {
    expect(document.safeParse({ ...ballot, ...choice }).success).toBe(true);
    expect(submit.safeParse({ ...ballot, ...choice }).success).toBe(true);
    for (const other of choices.filter((one) => one !== choice)) {
      expect(document.safeParse({ ...ballot, ...choice, ...other }).success).toBe(false);
    }
  }
  expect(document.safeParse(ballot).success).toBe(false);
});
