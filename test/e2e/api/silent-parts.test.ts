import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { describe, expect, inject, test, vi } from "vitest";
import { StackOutputs } from "#admin/connection/connection.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { cloudWatch } from "#functions/runtime/measured/measurements.ts";
import { SystemStatus } from "#functions/system-status/contract.ts";
import { createSystemStatusHandler } from "#functions/system-status/handler.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { publishedTable } from "#storage/published-table.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import { law } from "#test/definitions.ts";
import { eventually } from "#test/e2e/api.ts";
import { castAll, openPolls } from "#test/e2e/polls.ts";
import { votersIn } from "#test/e2e/voters.ts";

/** The status document while a part does not answer. */

vi.hoisted(() => {
  // These failures are intended.
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
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
    published: publishedTable(tables, outputs.PublishedTable),
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
        "rejected-attempts": outputs.RejectedAttemptsTable,
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

const countedIn = ({ elections }: SystemStatus, electionId: string): number | null | undefined =>
  elections?.find(({ election_id }) => election_id === electionId)?.votes.counted;

describe("when a part does not answer, the document says so and gives the rest", () => {
  test("without CloudWatch: the ballots counted, the queue and the parts", async () => {
    const electionId = "status-silent";
    const voters = votersIn("1", 440, 1);
    await openPolls(law({ electionId }), voters);
    await castAll(electionId, voters, [{ vote: "oui" }]);
    const { status, votes, per_minute, queue, counting, parts, elections, unknown } = await eventually(
      () => withoutAnswerFrom("cloudwatch"),
      (told) => withNothingWaiting(told) && countedIn(told, electionId) === 1,
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
