import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import type { Fault, Trial } from "#load/faults/fault.ts";
import { answerOf, type Interceptor } from "#load/faults/fault-proxy.ts";
import { onAnyLaptop, onLaptop } from "#load/faults/laptop.ts";
import { moments } from "#load/faults/moments.ts";
import { openPoll } from "#load/faults/poll.ts";
import type { Random } from "#load/shared/ballots.ts";
import { grouped, timesOf } from "#load/shared/report.ts";

/** The queue and the stream deliver again what they delivered: both promise "at least once", and no more. */

const Request = z.looseObject({ MaxNumberOfMessages: z.number().default(1) });
const Received = z.looseObject({ Messages: z.array(z.looseObject({ MessageId: z.string() })).default([]) });
type Message = z.infer<typeof Received>["Messages"][number];

type Repeating = Readonly<{
  interceptor: Interceptor;
  /** Messages handed over, and how many there were. */
  delivered(): Readonly<{ messages: number; deliveries: number }>;
}>;

/**
 * Hands every message over twice.
 * @param draw takes the next batch, each message at most once, out of the messages that wait to be handed over
 */
function twice(draw: (waiting: Message[], most: number) => readonly Message[]): Repeating {
  const waiting: Message[] = [];
  const seen = new Set<string>();
  let deliveries = 0;
  return {
    delivered: () => ({ messages: seen.size, deliveries }),
    async interceptor(call, pass) {
      if (call.action !== "ReceiveMessage") return pass();
      const request = Request.parse(JSON.parse(call.body));
      // What waits here is handed over at once.
      const asked = waiting.length === 0 ? call.body : JSON.stringify({ ...request, WaitTimeSeconds: 0 });
      const answer = await pass(asked);
      const { Messages } = Received.parse(JSON.parse(answer.body));
      for (const { MessageId } of Messages) seen.add(MessageId);
      waiting.push(...Messages, ...Messages);
      const handed = draw(waiting, request.MaxNumberOfMessages);
      deliveries += handed.length;
      return answerOf(200, handed.length === 0 ? {} : { Messages: handed });
    },
  };
}

/** Any of those that wait, in any order. */
function inAnyOrder(random: Random): (waiting: Message[], most: number) => readonly Message[] {
  return (waiting, most) => {
    const drawn = new Map<string, Message>();
    for (let tries = 0; tries < 2 * most && waiting.length > 0 && drawn.size < most; tries++) {
      const index = random(waiting.length);
      const message = waiting[index];
      if (message === undefined || drawn.has(message.MessageId)) continue;
      waiting.splice(index, 1);
      drawn.set(message.MessageId, message);
    }
    return [...drawn.values()];
  };
}

/** The same batch to two pollers, one right after the other. */
function twoInARow(waiting: Message[], most: number): readonly Message[] {
  const batch: Message[] = [];
  for (const message of waiting) {
    if (batch.length < most && !batch.some(({ MessageId }) => MessageId === message.MessageId)) batch.push(message);
  }
  for (const message of batch) waiting.splice(waiting.indexOf(message), 1);
  return batch;
}

function repeat(
  fault: Pick<Fault, "name" | "told" | "isShort">,
  processes: number,
  repeating: (random: Random) => Repeating,
): Fault {
  return {
    ...fault,
    run: (trial) =>
      onLaptop({ processes: { validate: processes } }, async (laptop) => {
        const poll = await openPoll(laptop.running, trial);
        const { interceptor, delivered } = repeating(trial.random);
        laptop.sqs.use(interceptor);
        await poll.vote(() => {});
        await poll.decide(laptop.running);
        const outcome = await poll.settle(laptop.running);
        const { messages, deliveries } = delivered();
        return {
          ...outcome,
          times: deliveries - messages,
          happened: `${grouped(messages)} messages delivered ${grouped(deliveries)} times`,
        };
      }),
  };
}

const FROM_START = { ShardIteratorType: "TRIM_HORIZON", SequenceNumber: undefined };
const EXPIRED = answerOf(400, { __type: "com.amazonaws.dynamodb.v20120810#ExpiredIteratorException", message: "" });
const Page = z.looseObject({
  Records: z.array(z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) })).default([]),
});
const REPLAYS = 3;
const LOOK_EVERY_MS = 100;

function replaying({ votes, random }: Trial) {
  const seen = new Set<string>();
  let deliveries = 0;
  let armed = 0;
  let replays = 0;
  let isRewinding = false;
  const interceptor: Interceptor = async ({ action, body }, pass) => {
    if (action === "GetShardIterator" && isRewinding) {
      isRewinding = false;
      replays++;
      return pass(JSON.stringify({ ...JSON.parse(body), ...FROM_START }));
    }
    if (action !== "GetRecords") return pass();
    if (armed > 0 && seen.size > 0) {
      armed--;
      isRewinding = true;
      return EXPIRED;
    }
    // Batches are cut anew each time, a few to the whole stream.
    const most = Math.ceil(Math.max(votes, seen.size) / 3);
    const answer = await pass(JSON.stringify({ ...JSON.parse(body), Limit: 1 + random(most) }));
    if (answer.status !== 200) return answer;
    const { Records } = Page.parse(JSON.parse(answer.body));
    deliveries += Records.length;
    for (const { dynamodb } of Records) seen.add(dynamodb.SequenceNumber);
    return answer;
  };
  return {
    interceptor,
    arm: (): void => void armed++,
    delivered: () => ({ replays, records: seen.size, deliveries }),
  };
}

const streamFromTheStart: Fault = {
  name: "stream-replay",
  told: `the stream replayed from its start ${REPLAYS} times, twice while voting and once after it, in batches cut anew`,
  isShort: true,
  run: (trial) =>
    onAnyLaptop(trial, async (laptop) => {
      const poll = await openPoll(laptop.running, trial);
      const { interceptor, arm, delivered } = replaying(trial);
      laptop.dynamodb.use(interceptor);
      await poll.vote(moments(REPLAYS - 1, trial.random, arm));
      await poll.decide(laptop.running);
      await poll.settle(laptop.running);
      const voted = delivered();
      arm();
      while (delivered().deliveries < voted.deliveries + voted.records) await pause(LOOK_EVERY_MS);
      const outcome = await poll.settle(laptop.running);
      const { replays, records, deliveries } = delivered();
      return {
        ...outcome,
        times: replays === REPLAYS ? replays : 0,
        happened: `${timesOf(replays)}: ${grouped(records)} records delivered ${grouped(deliveries)} times`,
      };
    }),
};

export const REDELIVERY: readonly Fault[] = [
  repeat(
    { name: "queue-twice", told: "the queue delivers everything twice and out of order", isShort: true },
    1,
    (random) => twice(inAnyOrder(random)),
  ),
  repeat(
    {
      name: "two-validators",
      told: "two processes of `validate` get every batch at the same moment",
      isShort: false,
    },
    2,
    () => twice(twoInARow),
  ),
  streamFromTheStart,
];
