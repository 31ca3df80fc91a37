import { expect, test } from "vitest";
import type { PublicElection } from "#functions/elections/contract.ts";
import { entriesOf, inOrder } from "#web/home/entries.ts";

/** What the home page lists, and in which order. */

const election = (
  election_id: string,
  status: PublicElection["status"],
  closesOn: number,
  paper: string | null = null,
) =>
  ({
    election_id,
    paper,
    status,
    opens_at: `2026-01-0${closesOn}T00:00:00Z`,
    closes_at: `2026-02-0${closesOn}T00:00:00Z`,
  }) as PublicElection;

const elections = [
  election("a", "open", 5),
  election("p1", "closed", 1, "p"),
  election("p2", "open", 4, "p"),
  election("p3", "cancelled", 2, "p"),
  election("q1", "upcoming", 7, "q"),
  election("q2", "cancelled", 6, "q"),
  election("b", "open", 3),
  election("c", "closed", 1),
  election("d", "closed", 2),
];
const listed = (status: PublicElection["status"]) =>
  inOrder(status, entriesOf(elections)).map((entry) => [
    entry.paperId,
    ...entry.elections.map(({ election_id }) => election_id),
  ]);

test("the questions of a paper are one entry, open while one of them is, where the first of those closes", () => {
  expect(listed("open")).toEqual([
    [undefined, "b"],
    ["p", "p1", "p2", "p3"],
    [undefined, "a"],
  ]);
  expect(listed("upcoming")).toEqual([["q", "q1", "q2"]]);
  expect(listed("cancelled")).toEqual([]);
});

test("of past votes the latest comes first", () => {
  expect(listed("closed")).toEqual([
    [undefined, "d"],
    [undefined, "c"],
  ]);
});
