import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { describe, expect, inject, test, vi } from "vitest";
import * as z from "zod";
import { StackOutputs } from "#admin/connection/connection.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { MEASURED_BY, METRICS } from "#functions/runtime/metrics-contract.ts";
import { SystemStatus, type VoteFigures } from "#functions/system-status/contract.ts";
import { createSystemStatusHandler } from "#functions/system-status/handler.ts";
import { cloudWatch } from "#functions/system-status/measurements.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { law, race } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { functionLogs } from "#test/e2e/logs.ts";
import { enrol, register } from "#test/e2e/office.ts";
import { garbled, sealFor, signFor } from "#test/e2e/polls.ts";
import { credentials, DEMO_ROLL, voter, votersIn } from "#test/e2e/voters.ts";

/** What observers are told agrees with what was cast, and reveals no more than it may. */

vi.hoisted(() => {
  // These failures are intended.
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
});

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

async function open(definition: Parameters<typeof register>[0]): Promise<void> {
  await register(definition);
  await enrol(definition.electionId, DEMO_ROLL);
  await eventually(
    async () => (await get("/api/v1/elections")).text(),
    (list) => list.includes(`"${definition.electionId}"`),
  );
}

/** The regions of the demo roll, with one candidate in all of them. */
const REGION_IDS = ["1", "2", "3"];
const THREE_REGIONS = {
  regions: REGION_IDS.map((regionId) => ({ regionId, name: { fr: `Région ${regionId}`, en: `Region ${regionId}` } })),
  candidates: [{ candidateId: "1", firstName: "Ada", lastName: "Roy", regionIds: REGION_IDS }],
};

describe("the status document", () => {
  test("gives each vote's counts of ballots received, accepted, refused by reason, and counted, and they add up", async () => {
    const electionId = "status-open";
    await open(race({ electionId, ...THREE_REGIONS }));
    const before = await systemStatus();
    const ballot = ({ nas, code }: { nas: string; code: string }, region_id = "1") =>
      cast("/api/v1/elections/vote", {
        nas,
        code,
        election_id: electionId,
        region_id,
        candidate_id: "1",
      });
    const home = votersIn("1", 400, 4);
    const [spoiler = voter(0)] = votersIn("1", 420, 1);
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
      invalid: { unknown_credentials: 1, wrong_region: 1 },
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

  test("while results are withheld, all counts are rounded as turnout is, and spoiled ballots are not shown", async () => {
    const electionId = "status-held-back";
    await open(law({ electionId, results: "after_close", minimumBallots: 5 }));
    const vote = (n: number) => cast("/api/v1/vote", { ...credentials(voter(n)), law_id: electionId, vote: "oui" });
    const decided = async (n: number) => outcomeOf(await vote(n));
    await Promise.all([410, 411, 412, 413, 414, 415, 416].map(decided));
    await Promise.all([410, 411, 412].map(decided));
    const told = await toldOf(electionId, {
      received: 5,
      accepted: 5,
      duplicate: 0,
      invalid: { unknown_credentials: 0, wrong_region: 0 },
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

/** The document of a function whose CloudWatch, or whose tables, do not answer. */
async function withoutAnswerFrom(silent: "cloudwatch" | "dynamodb"): Promise<SystemStatus> {
  const outputs = StackOutputs.parse(inject("outputs"));
  const { sqs, dynamodb: tablesAt, cloudwatch: metricsAt } = inject("endpoints");
  const nowhere = "http://127.0.0.1:9";
  const dynamodb = silent === "dynamodb" ? nowhere : tablesAt;
  const cloudwatch = silent === "cloudwatch" ? nowhere : metricsAt;
  const client = { region: "ca-central-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
  const tables = new DynamoDBClient({ ...client, endpoint: dynamodb });
  const queues = new SQSClient({ ...client, endpoint: sqs });
  const metrics = new CloudWatchClient({ ...client, endpoint: cloudwatch });
  const handler = createSystemStatusHandler({
    elections: electionsTable(tables, outputs.ElectionsTable),
    tallies: talliesTable(tables, outputs.TalliesTable),
    measurements: cloudWatch(metrics),
    namespace: "Scrutin/local",
    queueName: new URL(outputs.VotesQueueUrl).pathname.split("/").at(-1) ?? "",
    tallyFunctionName: "tally",
    parts: {
      dynamodb: tables,
      sqs: queues,
      tables: {
        elections: outputs.ElectionsTable,
        roll: outputs.RollTable,
        votes: outputs.VotesTable,
        tallies: outputs.TalliesTable,
        board: outputs.BoardTable,
        "rejected-attempts": outputs.ReviewTable,
      },
      queues: { votes: outputs.VotesQueueUrl, "dead-letter": outputs.DeadLetterQueueUrl },
      now: Date.now,
    },
  });
  const { body } = await handler({} as HttpEvent, {} as Context);
  for (const used of [tables, queues, metrics]) used.destroy();
  return SystemStatus.parse(JSON.parse(body ?? ""));
}

/** Others vote meanwhile. */
const withNothingWaiting = ({ queue }: SystemStatus): boolean => queue.waiting === 0;

describe("when a part does not answer, the document says so and gives the rest", () => {
  test("without CloudWatch: the ballots counted, the queue and the parts", async () => {
    const { status, votes, per_minute, queue, counting, parts, elections, unknown } = await eventually(
      () => withoutAnswerFrom("cloudwatch"),
      withNothingWaiting,
    );
    expect(status).toBe("down");
    expect(parts.filter(({ state }) => state === "down").map(({ part }) => part)).toEqual(["measurements"]);
    expect([votes.received, votes.accepted, per_minute.received, counting.delay_ms]).toEqual([null, null, null, null]);
    expect(unknown).toMatchObject({ "votes.received": "unreachable", "counting.delay_ms": "unreachable" });
    expect(votes.counted).toBeGreaterThan(0);
    expect(queue).toMatchObject({ waiting: 0, oldest_waiting_ms: 0, set_aside: expect.any(Number) });
    expect(elections?.find(({ election_id }) => election_id === "L2025-001")?.turnout?.on_roll).toBe(1001);
  });

  test("without the tables: the queue and the parts", async () => {
    const { status, votes, queue, parts, elections, unknown } = await eventually(
      () => withoutAnswerFrom("dynamodb"),
      withNothingWaiting,
    );
    expect(status).toBe("down");
    expect(parts.filter(({ state }) => state === "down").every(({ part }) => part.startsWith("table"))).toBe(true);
    expect([elections, votes.received, votes.counted]).toEqual([null, null, null]);
    expect(unknown).toMatchObject({ elections: "unreachable", "votes.counted": "unreachable" });
    expect(queue.waiting).toBe(0);
  });
});

const Embedded = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ]),
  }),
});

test("each metric has its service and election as dimensions, refusals their reason too, and nothing else", async () => {
  // The last line of each may still be being written.
  const lines = [...(await functionLogs()).values()]
    .flatMap((log) => log.split("\n").slice(0, -1))
    .filter((line) => line.includes('"CloudWatchMetrics"'))
    .map((line) => Embedded.parse(JSON.parse(line)));
  const setsOf = new Map<string, Set<string>>();
  for (const { _aws } of lines) {
    const [{ Dimensions, Metrics }] = _aws.CloudWatchMetrics;
    for (const { Name } of Metrics) {
      setsOf.set(Name, new Set([...(setsOf.get(Name) ?? []), ...Dimensions.map((names) => names.join())]));
    }
  }
  const usual = new Set(["service", "service,election"]);
  // This stage has no scheduled recount.
  const measured = Object.values(METRICS).filter((name) => MEASURED_BY[name] !== "recount");
  const expected = measured.map((name) => [
    name,
    name === METRICS.invalid ? new Set([...usual, "service,reason", "service,election,reason"]) : usual,
  ]);
  expect(Object.fromEntries(setsOf)).toEqual(Object.fromEntries(expected));
  // A line holds figures and dimensions only: no identity, no tracking code.
  const names = new Set(lines.flatMap((line) => Object.keys(line)));
  expect(names).toEqual(new Set(["_aws", "service", "election", "reason", ...measured]));
});
