import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { candidatesIn, contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Tally } from "#core/results.ts";
import { countBallot, SPOILED, writeSelection } from "#core/selection.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { groupByRow, type InterpretedBallot } from "#storage/increment.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { towardsTurnout } from "#storage/turnout-sheet.ts";
import { emptyDatabase } from "#test/database.ts";
import { chooseRace, law, race, rankedRace } from "#test/definitions.ts";
import { createTables } from "#test/storage/store.ts";

/** The tallies in DynamoDB Local: additions are read back, and cost one write unit each. */

const database = emptyDatabase();
const client = new DynamoDBClient(database.config);
beforeAll(async () => {
  await createTables(client);
});
afterAll(() => client.destroy());

const SHARDS = ["shard-a", "shard-b"];
let elections = 0;
const newElection = (): string => `N${++elections}-`;

/** Random ballots of an election: choices, rankings and spoiled ones. */
function drawBallots(definition: ElectionDefinition, count: number, seed: number): readonly InterpretedBallot[] {
  const random = seededRandom(seed, "ballots");
  const regionIds = contestRegionIds(definition);
  return Array.from({ length: count }, (_, index) => {
    const regionId = regionIds[random(regionIds.length)] ?? "";
    const options =
      definition.votingMethod === "referendum"
        ? ["oui", "non"]
        : candidatesIn(definition, regionId).map(({ candidateId }) => candidateId);
    const rankings = definition.votingMethod === "ranked_choice" ? [options.join(">")] : [];
    const isMarked = definition.votingMethod === "choose";
    const marks = isMarked
      ? [...options.map((id) => `+${id}`), writeSelection({ kind: "marks", candidateIds: options })]
      : [];
    const choices = [...(isMarked ? marks : [...options, ...rankings]), SPOILED];
    const interpretation = choices[random(choices.length)] ?? "";
    return { sequenceNumber: String(index + 1), electionId: definition.electionId, regionId, interpretation };
  });
}

function tallyOf(ballots: readonly InterpretedBallot[], region: string): Tally {
  const counts = new Map<string, number>();
  for (const { regionId, interpretation } of ballots) {
    if (regionId === region) countBallot(counts, interpretation);
  }
  return counts;
}

describe("additions are read back, for their own election only", () => {
  test.each([
    ["a law", (electionId: string) => law({ electionId })],
    ["a race", (electionId: string) => race({ electionId })],
    ["a race in which ballots mark several names", (electionId: string) => chooseRace({ electionId })],
    ["a ranked race", (electionId: string) => rankedRace({ electionId })],
    ["a race of more sheets than are read at once", (electionId: string) => nationalElection(electionId, 400, 8)],
  ])("%s", async (_, define) => {
    const tallies = talliesTable(client, "tallies");
    // One election's id begins with another's.
    const electionId = newElection();
    const definitions = [define(electionId), define(`${electionId}0`)];
    const cast = definitions.map((definition, index) => drawBallots(definition, 300, index));
    for (const [index, definition] of definitions.entries()) {
      const ballots = cast[index] ?? [];
      for (const [shard, shardId] of SHARDS.entries()) {
        const ofShard = ballots.filter((__, place) => place % SHARDS.length === shard);
        for (const batch of [ofShard.slice(0, 90), ofShard]) {
          await Promise.all(groupByRow(shardId, batch, definition).map(tallies.add));
        }
      }
    }
    for (const [index, definition] of definitions.entries()) {
      for (const isConsistent of [true, false]) {
        const read = await tallies.ofElection(definition, { isConsistent });
        expect([...read.keys()]).toEqual(contestRegionIds(definition));
        for (const [regionId, tally] of read) {
          expect(tally).toEqual(tallyOf(cast[index] ?? [], regionId));
        }
      }
    }
  });

  test.each([
    ["no version", ""],
    ["another version", "v0#"],
  ])("what stands in a layout of %s is neither read nor added to", async (_, layout) => {
    const tallies = talliesTable(client, "tallies");
    for (const definition of [law({ electionId: newElection() }), rankedRace({ electionId: newElection() })]) {
      const { electionId } = definition;
      const ballots = drawBallots(definition, 20, 1);
      const [regionId = ""] = contestRegionIds(definition);
      const strangers = ["@0", "@turnout", ...contestRegionIds(definition)].map((sheet) => ({
        sheet: { S: `${electionId}#${layout}${sheet}` },
        row: { S: "shard-a#" },
        [`${regionId}#${ballots[0]?.interpretation}`]: { N: "7" },
      }));
      for (const Item of strangers) await client.send(new PutItemCommand({ TableName: "tallies", Item }));
      expect(await tallies.rowsOf(definition)).toEqual([]);
      const turnout = ballots.map((ballot) => towardsTurnout({ ...ballot, castAt: "2026-01-01T12:01:00.000Z" }));
      for (const cast of [ballots, turnout]) {
        await Promise.all(groupByRow("shard-a", cast, definition).map(tallies.add));
      }
      for (const [region, tally] of await tallies.ofElection(definition)) {
        expect(tally).toEqual(tallyOf(ballots, region));
      }
      expect(await tallies.turnoutOf(electionId)).toEqual(new Map([["2026-01-01T12:15:00.000Z", 20]]));
      for (const { sheet, row, ...counts } of strangers) {
        const Key = { sheet, row };
        const { Item } = await client.send(new GetItemCommand({ TableName: "tallies", Key }));
        expect(Item).toEqual({ ...Key, ...counts });
      }
    }
  });

  test("and turnout with them, by quarter-hour", async () => {
    const tallies = talliesTable(client, "tallies");
    const definition = race({ electionId: newElection() });
    const cast = ["12:01", "12:14", "12:16"].map((time, index) =>
      towardsTurnout({
        sequenceNumber: String(index + 1),
        electionId: definition.electionId,
        castAt: `2026-01-01T${time}:00.000Z`,
      }),
    );
    for (const shardId of SHARDS) await Promise.all(groupByRow(shardId, cast, definition).map(tallies.add));
    expect(await tallies.turnoutOf(definition.electionId)).toEqual(
      new Map([
        ["2026-01-01T12:15:00.000Z", 4],
        ["2026-01-01T12:30:00.000Z", 2],
      ]),
    );
    expect([...(await tallies.ofElection(definition)).values()]).toEqual([new Map(), new Map()]);
    expect(await tallies.rowsOf(definition)).toHaveLength(4);
  });
});

test("an addition returns the ballots that it added: of a partly counted batch, those beyond the fence", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 30 }), async (before, count) => {
      const tallies = talliesTable(client, "tallies");
      const definition = law({ electionId: newElection() });
      const ballots = drawBallots(definition, count, count);
      const [first] = groupByRow("shard", ballots.slice(0, before), definition);
      if (first !== undefined) await tallies.add(first);
      const [whole] = groupByRow("shard", ballots, definition);
      if (whole === undefined) throw new Error("nothing to add");
      expect(await tallies.add(whole)).toEqual(whole.ballots.slice(before));
      expect(await tallies.add(whole)).toEqual([]);
      expect((await tallies.ofElection(definition)).get("all")).toEqual(tallyOf(ballots, "all"));
    }),
    { numRuns: 20 },
  );
});

test("a ballot for an unknown region is counted behind a fence too, and holds nothing up", async () => {
  const tallies = talliesTable(client, "tallies");
  const definition = race({ electionId: newElection() });
  const stray = { sequenceNumber: "1", electionId: definition.electionId, regionId: "0", interpretation: SPOILED };
  const [increment] = groupByRow("shard", [stray], definition);
  if (increment === undefined) throw new Error("nothing to add");
  expect(await tallies.add(increment)).toEqual([
    { sequenceNumber: "1".padStart(40, "0"), interpretation: "!", cells: ["0#!"] },
  ]);
  expect(await tallies.add(increment)).toEqual([]);
  expect([...(await tallies.ofElection(definition)).values()]).toEqual([new Map(), new Map()]);
});

test("the longest ranking that a definition allows fits its row, whatever the shard's name", async () => {
  const tallies = talliesTable(client, "tallies");
  const candidateIds = Array.from({ length: 25 }, (_, at) => `${at}`.padStart(at === 0 ? 38 : 37, "a"));
  const definition = rankedRace({
    electionId: newElection(),
    candidates: candidateIds.map((candidateId) => ({
      candidateId,
      firstName: "A",
      lastName: "B",
      regionIds: ["1", "2"],
    })),
    maxRankings: 25,
  });
  const interpretation = candidateIds.join(">");
  const ballot = { sequenceNumber: "1", electionId: definition.electionId, regionId: "1", interpretation };
  const [increment] = groupByRow("s".repeat(65), [ballot], definition);
  if (increment === undefined) throw new Error("nothing to add");
  expect(await tallies.add(increment)).toHaveLength(1);
  expect((await tallies.ofElection(definition)).get("1")).toEqual(new Map([[interpretation, 1]]));
});

const Answer = z.looseObject({ ConsumedCapacity: z.looseObject({ CapacityUnits: z.number() }) });

test("a full batch over 300 regions of 8 candidates takes at most sixty write units, however many came before it", async () => {
  let units = 0;
  const metered = new DynamoDBClient(database.config);
  metered.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } });
      units += Answer.parse(answer.output).ConsumedCapacity.CapacityUnits;
      return answer;
    },
    { step: "initialize" },
  );
  const tallies = talliesTable(metered, "tallies");
  const definition = nationalElection(newElection(), 300, 8);
  const shardId = `shardId-${"0".repeat(57)}`;
  for (let batch = 1; batch <= 10; batch++) {
    const ballots = drawBallots(definition, 2000, batch).map((ballot) => ({
      ...ballot,
      sequenceNumber: String(BigInt(ballot.sequenceNumber) + BigInt(batch) * 10n ** 30n),
    }));
    units = 0;
    await Promise.all(groupByRow(shardId, ballots, definition).map(tallies.add));
    expect(units).toBeGreaterThan(10);
    expect(units).toBeLessThanOrEqual(60);
  }
  metered.destroy();
});
