import { randomBytes } from "node:crypto";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { electionOfJob, JOB_KINDS, JOB_STATES, type JobKind, jobIdOf } from "#core/office-jobs.ts";

/**
 * Jobs of the office's console, in its table. Each is begun once: what begins it marks it by a conditional write, which a message that is
 * delivered again does not pass. An election has one job at a time.
 */

/** What was asked besides the kind and the election. Never a secret. */
const Options = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]));
const Sentences = z.object({ en: z.string(), fr: z.string() });

const StoredJob = z.object({
  row: z.string(),
  kind: z.enum(JOB_KINDS),
  /** Who is recorded as having done it. */
  who: z.string(),
  options: z._default(Options, {}),
  askedAt: z.iso.datetime(),
  state: z.enum(JOB_STATES),
  /** Until when it must have been begun, or ended, in milliseconds since 1970: later nothing works on it any more. */
  untilMs: z.number(),
  step: z.optional(z.string()),
  done: z.optional(z.number()),
  total: z.optional(z.number()),
  endedAt: z.optional(z.iso.datetime()),
  sentence: z.optional(Sentences),
  result: z.optional(z.record(z.string(), z.unknown())),
});

export type JobSentences = Readonly<z.infer<typeof Sentences>>;
export type JobOptions = Readonly<z.infer<typeof Options>>;
export type JobProgress = Readonly<{ step: string; done: number; total: number }>;
export type Job = Readonly<Omit<z.infer<typeof StoredJob>, "row"> & { jobId: string; electionId: string }>;

/** How a job ended. */
export type JobEnd = Readonly<{
  state: "done" | "failed";
  sentence: JobSentences;
  /** What it found, by name. */
  result?: Readonly<Record<string, unknown>>;
}>;

export type AskedJob = Readonly<{
  electionId: string;
  kind: JobKind;
  who: string;
  options?: JobOptions;
  atMs: number;
}>;

export type OfficeJobs = Readonly<{
  /** Puts a job down as queued; `busy` with the election's other job when one is under way. */
  add(asked: AskedJob): Promise<Readonly<{ job: Job }> | Readonly<{ busy: Job | undefined }>>;
  /** The job of this id; undefined when there is none. */
  find(jobId: string): Promise<Job | undefined>;
  /** An election's latest jobs, latest first. */
  ofElection(electionId: string): Promise<readonly Job[]>;
  /** Marks a queued job as running until then; undefined when it was begun before, or waited too long. */
  begin(jobId: string, atMs: number, untilMs: number): Promise<Job | undefined>;
  /** How far a running job has come. */
  tell(jobId: string, progress: JobProgress): Promise<void>;
  /** Ends a job that has not ended, and makes room for the election's next. */
  end(jobId: string, atMs: number, end: JobEnd): Promise<void>;
}>;

/** A message that waits longer than this has been lost. */
const BEGUN_WITHIN_MS = 6 * 3_600_000;
const KEPT_FOR_MS = 400 * 24 * 3_600_000;
const MOST_LISTED = 50;

/** Row of what keeps an election's jobs apart; before every job's id. */
const UNDER_WAY = "-";

const INTERRUPTED: JobSentences = {
  en: "It was interrupted before it ended. Look at what it has done so far, and ask for it again.",
  fr: "L’opération a été interrompue avant la fin. Regardez ce qui a déjà été fait, puis demandez-la de nouveau.",
};

/** A job as it is at a time: one that nothing works on any more has failed. */
export function jobAt(job: Job, atMs: number): Job {
  const isLost = (job.state === "queued" || job.state === "running") && job.untilMs <= atMs;
  return isLost ? { ...job, state: "failed", sentence: INTERRUPTED } : job;
}

const placeOf = (electionId: string): string => `jobs#${electionId}`;
const keyOf = (jobId: string) => ({ place: placeOf(electionOfJob(jobId)), row: jobId });

function readJob(item: Record<string, unknown>): Job {
  const { row, ...job } = StoredJob.parse(item);
  return { ...job, jobId: row, electionId: electionOfJob(row) };
}

async function passes(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException || error instanceof TransactionCanceledException) return false;
    throw error;
  }
}

export function officeJobs(documents: DynamoDBDocumentClient, TableName: string): OfficeJobs {
  const find = async (jobId: string): Promise<Job | undefined> => {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: keyOf(jobId), ConsistentRead: true }));
    return Item === undefined ? undefined : readJob(Item);
  };
  const underWay = async (electionId: string): Promise<Job | undefined> => {
    const Key = { place: placeOf(electionId), row: UNDER_WAY };
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item === undefined ? undefined : find(String(Item.jobId));
  };

  return {
    find,

    async add({ electionId, kind, who, options = {}, atMs }) {
      const jobId = jobIdOf(electionId, atMs, randomBytes(4).toString("hex"));
      const untilMs = atMs + BEGUN_WITHIN_MS;
      const expiresAt = Math.ceil((atMs + KEPT_FOR_MS) / 1000);
      const job = { kind, who, options, askedAt: new Date(atMs).toISOString(), state: "queued", untilMs } as const;
      const written = await passes(() =>
        documents.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Put: {
                  TableName,
                  Item: { place: placeOf(electionId), row: UNDER_WAY, jobId, untilMs, expiresAt },
                  ConditionExpression: "attribute_not_exists(place) OR untilMs <= :now",
                  ExpressionAttributeValues: { ":now": atMs },
                },
              },
              {
                Put: {
                  TableName,
                  Item: { ...keyOf(jobId), ...job, expiresAt },
                  ConditionExpression: "attribute_not_exists(place)",
                },
              },
            ],
          }),
        ),
      );
      return written ? { job: { ...job, jobId, electionId } } : { busy: await underWay(electionId) };
    },

    async ofElection(electionId) {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "place = :place AND #row > :underWay",
          ExpressionAttributeNames: { "#row": "row" },
          ExpressionAttributeValues: { ":place": placeOf(electionId), ":underWay": UNDER_WAY },
          ScanIndexForward: false,
          Limit: MOST_LISTED,
          ConsistentRead: true,
        }),
      );
      return Items.map(readJob);
    },

    async begin(jobId, atMs, untilMs) {
      const begun = await passes(() =>
        documents.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Update: {
                  TableName,
                  Key: keyOf(jobId),
                  UpdateExpression: "SET #state = :running, untilMs = :until",
                  ConditionExpression: "#state = :queued AND untilMs > :now",
                  ExpressionAttributeNames: { "#state": "state" },
                  ExpressionAttributeValues: {
                    ":running": "running",
                    ":queued": "queued",
                    ":until": untilMs,
                    ":now": atMs,
                  },
                },
              },
              {
                Update: {
                  TableName,
                  Key: { place: placeOf(electionOfJob(jobId)), row: UNDER_WAY },
                  UpdateExpression: "SET untilMs = :until",
                  ConditionExpression: "jobId = :jobId",
                  ExpressionAttributeValues: { ":until": untilMs, ":jobId": jobId },
                },
              },
            ],
          }),
        ),
      );
      return begun ? find(jobId) : undefined;
    },

    async tell(jobId, { step, done, total }) {
      await passes(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(jobId),
            UpdateExpression: "SET step = :step, done = :done, #total = :total",
            ConditionExpression: "#state = :running",
            ExpressionAttributeNames: { "#state": "state", "#total": "total" },
            ExpressionAttributeValues: { ":step": step, ":done": done, ":total": total, ":running": "running" },
          }),
        ),
      );
    },

    async end(jobId, atMs, { state, sentence, result }) {
      await passes(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(jobId),
            UpdateExpression: "SET #state = :state, endedAt = :at, sentence = :sentence, #result = :result",
            ConditionExpression: "#state = :running",
            ExpressionAttributeNames: { "#state": "state", "#result": "result" },
            ExpressionAttributeValues: {
              ":state": state,
              ":at": new Date(atMs).toISOString(),
              ":sentence": sentence,
              ":result": result ?? {},
              ":running": "running",
            },
          }),
        ),
      );
      await passes(() =>
        documents.send(
          new DeleteCommand({
            TableName,
            Key: { place: placeOf(electionOfJob(jobId)), row: UNDER_WAY },
            ConditionExpression: "jobId = :jobId",
            ExpressionAttributeValues: { ":jobId": jobId },
          }),
        ),
      );
    },
  };
}
