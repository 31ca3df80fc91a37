import { setTimeout as sleep } from "node:timers/promises";
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  TrimmedDataAccessException,
} from "@aws-sdk/client-dynamodb-streams";
import { failedItems } from "#local/functions/batch-response.ts";
import type { FunctionHost } from "#local/functions/host.ts";
import { pollingConfig } from "#local/functions/polling-client.ts";
import type { StreamCheckpoints } from "#local/functions/stream-checkpoints.ts";
import { REGION } from "#local/services/credentials.ts";

/**
 * Emulates Lambda's event source mapping of a DynamoDB stream with a tumbling window: every shard in order, parents before
 * children, one batch of a shard at a time, a failed batch again and again until it succeeds.
 */

export type StreamMapping = Readonly<{ stop(): Promise<void> }>;

export type StreamMappingOptions = Readonly<{
  endpoint: string;
  streamArn: string;
  batchSize: number;
  /** How long a batch may fill, from its first record on. */
  batchWindowMs: number;
  /** Length of the tumbling window. */
  windowMs: number;
  /** Whether the function's answer lists the records that failed. */
  reportsFailures: boolean;
  checkpoints: StreamCheckpoints;
  to: FunctionHost;
  /** Called with the age of a batch's last record: Lambda's metric IteratorAge. */
  onIteratorAge?: (ageMs: number) => void;
}>;

/** Lambda polls a shard four times a second. */
const POLL_EVERY_MS = 250;
/** The most that GetRecords returns; a larger batch takes several. */
const PER_READ = 1000;
const SHARDS_EVERY_MS = 1_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/** Records in order, and where to read on; undefined at the end of the shard. */
type Read = Readonly<{ records: readonly _Record[]; next: string | undefined }>;

/** A record as Lambda hands it over: binary values in base64, the time in seconds. */
function lambdaRecord({ eventID, eventName, dynamodb }: _Record, streamArn: string): unknown {
  const image = Object.entries(dynamodb?.NewImage ?? {}).map(([name, value]) => [
    name,
    value.B === undefined ? value : { B: Buffer.from(value.B).toString("base64") },
  ]);
  return {
    eventID,
    eventName,
    eventSource: "aws:dynamodb",
    awsRegion: REGION,
    eventSourceARN: streamArn,
    dynamodb: {
      ...dynamodb,
      ApproximateCreationDateTime: (dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
      NewImage: Object.fromEntries(image),
    },
  };
}

/**
 * DynamoDB Local rounds a record's creation down to the minute, AWS to the second. A record that was not there when the shard
 * was last read to its end was created after that, which is closer.
 */
function createdAfter(record: _Record, afterMs: number): _Record {
  const createdMs = record.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0;
  if (createdMs >= afterMs) return record;
  return { ...record, dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: new Date(afterMs) } };
}

export function mapStream(options: StreamMappingOptions): StreamMapping {
  const { endpoint, streamArn, batchSize, batchWindowMs, windowMs, reportsFailures, checkpoints, to, onIteratorAge } =
    options;
  const client = new DynamoDBStreamsClient(pollingConfig(endpoint));
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal }).catch(() => undefined);
  const shards = new Map<string, { done: boolean; followed: Promise<void> }>();

  const windowAt = (atMs: number) => {
    const startMs = Math.floor(atMs / windowMs) * windowMs;
    return { start: new Date(startMs).toISOString(), end: new Date(startMs + windowMs).toISOString() };
  };
  const eventOf = (
    shardId: string,
    window: ReturnType<typeof windowAt>,
    records: readonly _Record[],
    final: boolean,
  ) => ({
    Records: records.map((record) => lambdaRecord(record, streamArn)),
    shardId,
    eventSourceARN: streamArn,
    window,
    state: {},
    isFinalInvokeForWindow: final,
    isWindowTerminatedEarly: false,
  });

  /** Delivers all of them; false when stopped before. */
  const deliver = async (shardId: string, records: readonly _Record[]): Promise<boolean> => {
    let left = records;
    let retryMs = FIRST_RETRY_MS;
    while (left.length > 0) {
      if (signal.aborted) return false;
      try {
        const storedMs = left.at(-1)?.dynamodb?.ApproximateCreationDateTime?.getTime() ?? Date.now();
        onIteratorAge?.(Math.max(0, Date.now() - storedMs));
        const answer = await to.invoke(eventOf(shardId, windowAt(Date.now()), left, false));
        const sequenceNumbers = left.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? "");
        const failed = reportsFailures ? failedItems(answer, sequenceNumbers) : new Set();
        const firstFailed = sequenceNumbers.findIndex((sequenceNumber) => failed.has(sequenceNumber));
        const through = firstFailed === -1 ? left : left.slice(0, firstFailed);
        const reached = sequenceNumbers[through.length - 1];
        if (reached !== undefined) await checkpoints.advance(shardId, reached);
        left = left.slice(through.length);
        if (left.length === 0) return true;
      } catch {
        // The function failed as a whole: all that is left goes to it again.
      }
      await pause(retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    }
    return true;
  };

  const iteratorOf = async (shardId: string, reached: string | undefined): Promise<string | undefined> => {
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId: shardId,
        ...(reached === undefined
          ? { ShardIteratorType: "TRIM_HORIZON" as const }
          : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER" as const, SequenceNumber: reached }),
      }),
    );
    return ShardIterator;
  };

  /** Follows a shard to its end; false when stopped before. */
  const follow = async (shardId: string): Promise<boolean> => {
    let iterator: string | undefined;
    let window = windowAt(Date.now());
    let inWindow = 0;
    let trimmed = false;
    let allReadAtMs = 0;
    const read = async (from: string, most: number): Promise<Read> => {
      const askedAtMs = Date.now();
      const limit = Math.min(most, PER_READ);
      const page = await client.send(new GetRecordsCommand({ ShardIterator: from, Limit: limit }), {
        abortSignal: signal,
      });
      const records = (page.Records ?? []).map((record) => createdAfter(record, allReadAtMs));
      if (records.length < limit) allReadAtMs = askedAtMs;
      return { records, next: page.NextShardIterator };
    };
    /** Reads until the batch is full, its window is over or the shard ends. */
    const gather = async (from: string): Promise<Read> => {
      let { records, next } = await read(from, batchSize);
      const fullByMs = Date.now() + batchWindowMs;
      let isMore = records.length >= PER_READ;
      while (records.length > 0 && records.length < batchSize && next !== undefined && Date.now() < fullByMs) {
        if (!isMore) await pause(Math.min(POLL_EVERY_MS, fullByMs - Date.now()));
        if (signal.aborted) break;
        const more = await read(next, batchSize - records.length);
        isMore = more.records.length >= PER_READ;
        records = [...records, ...more.records];
        next = more.next;
      }
      return { records, next };
    };
    while (!signal.aborted) {
      try {
        iterator ??= await iteratorOf(shardId, trimmed ? undefined : checkpoints.of(shardId));
        if (iterator === undefined) return true;
        const { records, next } = await gather(iterator);
        trimmed = false;
        if (!(await deliver(shardId, records))) return false;
        inWindow += records.length;
        const current = windowAt(Date.now());
        if (current.start !== window.start) {
          if (inWindow > 0) await to.invoke(eventOf(shardId, window, [], true));
          window = current;
          inWindow = 0;
        }
        if (next === undefined) return true;
        iterator = next;
        if (records.length < Math.min(batchSize, PER_READ)) await pause(POLL_EVERY_MS);
      } catch (error) {
        // Resume after the last record delivered or, where the stream no longer has it, at the oldest.
        iterator = undefined;
        trimmed = !trimmed && error instanceof TrimmedDataAccessException;
        await pause(POLL_EVERY_MS);
      }
    }
    return false;
  };

  const listShards = async (): Promise<readonly Shard[]> => {
    const found: Shard[] = [];
    let last: string | undefined;
    do {
      const { StreamDescription } = await client.send(
        new DescribeStreamCommand({ StreamArn: streamArn, ...(last !== undefined && { ExclusiveStartShardId: last }) }),
        { abortSignal: signal },
      );
      found.push(...(StreamDescription?.Shards ?? []));
      last = StreamDescription?.LastEvaluatedShardId;
    } while (last !== undefined);
    return found;
  };

  const discover = async (): Promise<void> => {
    while (!signal.aborted) {
      const listed = await listShards().catch(() => []);
      const ids = new Set(listed.map(({ ShardId }) => ShardId));
      for (const { ShardId, ParentShardId } of listed) {
        if (ShardId === undefined || shards.has(ShardId)) continue;
        // A parent that is no longer listed was trimmed; one that is listed goes first.
        if (ParentShardId !== undefined && ids.has(ParentShardId) && shards.get(ParentShardId)?.done !== true) continue;
        const shard = { done: false, followed: Promise.resolve() };
        shard.followed = follow(ShardId).then((done) => {
          shard.done = done;
        });
        shards.set(ShardId, shard);
      }
      await pause(SHARDS_EVERY_MS);
    }
  };
  const discovering = discover();

  return {
    async stop() {
      stopping.abort();
      await discovering;
      await Promise.all([...shards.values()].map(({ followed }) => followed));
      client.destroy();
    },
  };
}
