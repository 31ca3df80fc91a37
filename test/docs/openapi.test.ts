import { expect, test } from "vitest";
import { ElectionVote, LawVote } from "#functions/docs/vote-requests.ts";
import {
  ElectionVoteRequest,
  LawVoteRequest,
  SignedElectionVoteRequest,
  SignedLawVoteRequest,
} from "#functions/submit/contract.ts";

const VOTER = { nas: "123456789", code: "ABC123" };
const SEALED = { envelope: "AAAA", one_time_key: "A".repeat(43), signature: "A".repeat(86) };
const LAW = { ...VOTER, law_id: "L2025-001" };
const RACE = { ...VOTER, election_id: 1, region_id: "1" };

const SIGNED = { voter_key: "A".repeat(43), ballot: "A".repeat(171), signature: "A".repeat(86) };

const KINDS = [
  {
    kind: "law",
    document: LawVote,
    submit: LawVoteRequest,
    signed: { submit: SignedLawVoteRequest, ballot: { law_id: "L2025-001" } },
    ballot: LAW,
    choices: [{ vote: "oui" }, SEALED],
  },
  {
    kind: "election",
    document: ElectionVote,
    submit: ElectionVoteRequest,
    signed: { submit: SignedElectionVoteRequest, ballot: { election_id: 1, region_id: "1" } },
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

test.each(KINDS)(
  "the document has the fields that submit takes for a ballot on a $kind",
  ({ document, submit, signed }) => {
    const documented = new Set(document.options.flatMap((form) => Object.keys(form.shape)));
    const taken = new Set([...Object.keys(submit.shape), ...Object.keys(signed.submit.shape)]);
    expect([...documented].sort()).toEqual([...taken].sort());
  },
);

test.each(KINDS)("a signed ballot on a $kind comes with nothing else", ({ document, submit, signed, choices }) => {
  const ballot = { ...signed.ballot, ...SIGNED };
  expect([document, signed.submit].map((schema) => schema.safeParse(ballot).success)).toEqual([true, true]);
  expect(submit.safeParse(ballot).success).toBe(false);
  for (const more of [VOTER, ...choices]) {
    const both = { ...ballot, ...more };
    for (const schema of [document, submit, signed.submit]) expect(schema.safeParse(both).success).toBe(false);
  }
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
