import { describe, expect, test } from "vitest";
import { SystemStatus, type VoteFigures } from "#functions/system-status/contract.ts";
import { law, race } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { garbled, openPolls, sealFor, signFor, untilSetAside } from "#test/e2e/polls.ts";
import { credentials, type Voter, voter, votersIn } from "#test/e2e/voters.ts";

/** What observers are told agrees with what was cast, and reveals no more than it may. */

async function systemStatus(): Promise<SystemStatus> {
  return SystemStatus.parse(await (await get("/api/v1/status")).json());
}

/** The sum over all votes of one figure, as far as it is told. */
const sumOfVotes = ({ elections }: SystemStatus, figure: (votes: VoteFigures) => number | null): number =>
  (elections ?? []).reduce((total, { votes }) => total + (figure(votes) ?? 0), 0);

const votesOf = ({ elections }: SystemStatus, electionId: string): VoteFigures | undefined =>
  elections?.find(({ election_id }) => election_id === electionId)?.votes;

const sum = (...figures: readonly (number | null | undefined)[]): number =>
  figures.reduce<number>((total, figure) => total + (figure ?? Number.NaN), 0);

/** Waits until the status shows these figures of an election. */
const toldOf = (electionId: string, expected: unknown): Promise<SystemStatus> =>
  eventually(systemStatus, (status) => {
    try {
      expect(votesOf(status, electionId)).toEqual(expected);
      return true;
    } catch {
      return false;
    }
  });

/** The paths at which a document holds null, as `unknown` names them. */
function nullsIn(value: unknown, path: readonly string[] = []): string[] {
  if (value === null) return [path.join(".")];
  if (typeof value !== "object") return [];
  return Object.entries(value as object).flatMap(([key, inner]) => nullsIn(inner, [...path, key]));
}

describe("the status document", () => {
  test("gives each vote's counts of ballots received, accepted, refused by reason, and counted, and they add up", async () => {
    const electionId = "status-open";
    const [spoiler = voter(0), ...home] = votersIn("1", 400, 5);
    await openPolls(race({ electionId }), [spoiler, ...home]);
    const before = await systemStatus();
    const ballot = ({ nas, code }: { nas: string; code: string }, region_id = "1") =>
      cast("/api/v1/elections/vote", {
        nas,
        code,
        election_id: electionId,
        region_id,
        candidate_id: region_id === "1" ? "1" : "3",
      });
    const sealed = await sealFor(electionId, "1", { kind: "candidate", candidateId: "1" });
    const signed = await signFor(electionId, "1", garbled(sealed), spoiler);
    const spoiled = cast("/api/v1/elections/vote", {
      ...credentials(spoiler),
      election_id: electionId,
      region_id: "1",
      ...signed,
    });
    const receipts = await Promise.all([spoiled, ...home.map((one) => ballot(one))]);
    for (const receipt of receipts) expect((await outcomeOf(receipt)).status).toBe("accepted");
    const refused = [
      await ballot(home[0] ?? voter(0)),
      await ballot(home[1] ?? voter(0)),
      await ballot({ nas: "000000000", code: "ZZZZZZ" }),
      await ballot(home[2] ?? voter(0), "2"),
    ];
    expect((await Promise.all(refused.map((receipt) => outcomeOf(receipt)))).map(({ status }) => status)).toEqual([
      "duplicate",
      "duplicate",
      "invalid",
      "invalid",
    ]);

    const status = await toldOf(electionId, {
      received: 9,
      accepted: 5,
      duplicate: 2,
      invalid: { unknown_credentials: 1, wrong_region: 1, struck: 0 },
      counted: 5,
      spoiled: 1,
    });
    expect(status.elections?.find(({ election_id }) => election_id === electionId)).toMatchObject({
      status: "open",
      withheld: null,
      rounded_to: 1,
      turnout: { ballots: 5 },
    });
    // Others vote meanwhile, so the sums of all votes are compared with their parts, and the minutes with the sums.
    const { votes } = status;
    expect(votes.received).toBe(sumOfVotes(status, ({ received }) => received));
    expect(votes.accepted).toBe(sumOfVotes(status, ({ accepted }) => accepted));
    expect(votes.duplicate).toBe(sumOfVotes(status, ({ duplicate }) => duplicate));
    expect(votes.invalid).toEqual({
      unknown_credentials: sumOfVotes(status, ({ invalid }) => invalid.unknown_credentials),
      wrong_region: sumOfVotes(status, ({ invalid }) => invalid.wrong_region),
      struck: sumOfVotes(status, ({ invalid }) => invalid.struck),
    });
    expect(votes.counted).toBe(sumOfVotes(status, ({ counted }) => counted));
    expect(votes.spoiled).toBe(sumOfVotes(status, ({ spoiled: number }) => number));
    const lastHour = (of: SystemStatus, name: "received" | "accepted" | "counted"): number =>
      sum(...(of.per_minute[name] ?? [null]));
    for (const name of ["received", "accepted"] as const) {
      expect(lastHour(status, name) - lastHour(before, name)).toBe(sum(votes[name]) - sum(before.votes[name]));
    }
    expect(sum(votes.received) - sum(before.votes.received)).toBeGreaterThanOrEqual(9);
    expect(lastHour(status, "counted") - lastHour(before, "counted")).toBeGreaterThanOrEqual(5);
    await eventually(systemStatus, ({ queue }) => queue.waiting === 0 && queue.oldest_waiting_ms === 0);
    expect(status.counting.delay_ms).toBeLessThan(30_000);
  });

  test("while results are shown in steps, so are turnout and counted ballots, and the other counts are rounded", async () => {
    const electionId = "status-held-back";
    const voters = votersIn("1", 410, 12);
    await openPolls(law({ electionId, results: "after_close", minimumBallots: 5 }), voters);
    const decided = async (who: Voter) =>
      outcomeOf(await cast("/api/v1/vote", { ...credentials(who), law_id: electionId, vote: "oui" }));
    await Promise.all(voters.slice(0, 5).map(decided));
    await untilSetAside(electionId, "all", 5);
    await Promise.all(voters.slice(5).map(decided));
    await Promise.all(voters.slice(0, 3).map(decided));
    await untilSetAside(electionId, "all", 12);
    const told = await toldOf(electionId, {
      received: 10,
      accepted: 10,
      duplicate: 0,
      invalid: { unknown_credentials: 0, wrong_region: 0, struck: 0 },
      counted: 5,
      spoiled: null,
    });
    expect(told.unknown[`elections.${electionId}.votes.spoiled`]).toBe("withheld");
    expect(told.elections?.find(({ election_id }) => election_id === electionId)).toMatchObject({
      withheld: "after-close",
      rounded_to: 5,
      turnout: { ballots: 5 },
    });
    // The sums of all votes reveal nothing either: they add up what is shown, and no more.
    expect(told.votes.accepted).toBe(sumOfVotes(told, ({ accepted }) => accepted));
    expect(told.votes.duplicate).toBe(sumOfVotes(told, ({ duplicate }) => duplicate));
    expect(sum(...(told.per_minute.duplicate ?? []))).toBe(sum(told.votes.duplicate));
  });

  test("every null figure is explained, and nothing else is", async () => {
    const { unknown, elections, ...rest } = await systemStatus();
    // `withheld` is null where nothing is withheld.
    const byId = (elections ?? []).map(({ withheld: _, ...one }) => [one.election_id, one] as const);
    const nulls = [...nullsIn(rest), ...nullsIn(Object.fromEntries(byId), ["elections"])];
    expect(Object.keys(unknown).sort()).toEqual(nulls.sort());
  });

  test("may be cached for seconds, and gives the state of every part", async () => {
    const response = await get("/api/v1/status");
    expect(response.headers.get("cache-control")).toMatch(/^public, max-age=5, stale-while-revalidate=/);
    const { status, parts } = await eventually(systemStatus, (told) =>
      told.parts.every(({ state }) => state !== "down"),
    );
    expect(status).not.toBe("down");
    expect(parts.map(({ part }) => part)).toContain("measurements");
  });
});
