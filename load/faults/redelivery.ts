import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import type { Fault, Trial } from "#load/faults/fault.ts";
import { answerOf } from "#load/faults/fault-proxy.ts";
import { type Breakage, laptopFault } from "#load/faults/laptop-fault.ts";
import type { Random } from "#load/shared/ballots.ts";
import { grouped, timesOf } from "#load/shared/report.ts";

/** The queue and the stream deliver again: both promise "at least once" only. */

const Request = z.looseObject({ MaxNumberOfMessages: z.number().default(1) });
const Received = z.looseObject({ Messages: z.array(z.looseObject({ MessageId: z.string() })).default([]) });
type Message = z.infer<typeof Received>["Messages"][number];

/** Takes the next batch from the messages to be delivered, each message at most once. */
type Draw = (waiting: Message[], most: number, random: Random) => readonly Message[];

const inAnyOrder: Draw = (waiting, most, random) => {
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

/** Delivers the same batch to two pollers, one right after the other. */
const twoInARow: Draw = (waiting, most) => {
  const batch = [...new Map(waiting.map((message) => [message.MessageId, message])).values()].slice(0, most);
  for (const message of batch) waiting.splice(waiting.indexOf(message), 1);
  return batch;
};

function twice(fault: Omit<Fault, "run">, processes: number, draw: Draw): Fault {
  const breaking = (_: unknown, { random }: Trial): Breakage => {
    const waiting: Message[] = [];
    const seen = new Set<string>();
    let deliveries = 0;
    return {
      async interceptor(call, pass) {
        if (call.action !== "ReceiveMessage") return pass();
        const request = Request.parse(JSON.parse(call.body));
        // Waiting messages are delivered at once.
        const asked = waiting.length === 0 ? call.body : JSON.stringify({ ...request, WaitTimeSeconds: 0 });
        const answer = await pass(asked);
        const { Messages } = Received.parse(JSON.parse(answer.body));
        for (const { MessageId } of Messages) seen.add(MessageId);
        waiting.push(...Messages, ...Messages);
        const handed = draw(waiting, request.MaxNumberOfMessages, random);
        deliveries += handed.length;
        return answerOf(200, handed.length === 0 ? {} : { Messages: handed });
      },
      happened: () => ({
        times: deliveries - seen.size,
        happened: `${grouped(seen.size)} messages delivered ${grouped(deliveries)} times`,
      }),
    };
  };
  return laptopFault(fault, breaking, { processes: { validate: processes } });
}

const FROM_START = { ShardIteratorType: "TRIM_HORIZON", SequenceNumber: undefined };
const EXPIRED = answerOf(400, { __type: "com.amazonaws.dynamodb.v20120810#ExpiredIteratorException", message: "" });
const Page = z.looseObject({
  Records: z.array(z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) })).default([]),
});
const REPLAYS = 3;
const LOOK_EVERY_MS = 100;

const streamFromTheStart = laptopFault(
  {
    name: "stream-replay",
    told: `the stream replayed from its start ${REPLAYS} times, twice while voting and once after it, in batches cut anew`,
    isShort: true,
  },
  (_, { votes, random }) => {
    const seen = new Set<string>();
    let deliveries = 0;
    let armed = 0;
    let replays = 0;
    let isRewinding = false;
    return {
      at: { moments: REPLAYS - 1, act: () => void armed++ },
      async onSettled() {
        const due = deliveries + seen.size;
        armed++;
        while (deliveries < due) await pause(LOOK_EVERY_MS);
      },
      async interceptor({ action, body }, pass) {
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
      },
      happened: () => ({
        times: replays === REPLAYS ? replays : 0,
        happened: `${timesOf(replays)}: ${grouped(seen.size)} records delivered ${grouped(deliveries)} times`,
      }),
    };
  },
);

const fault = (name: string, told: string, isShort: boolean) => ({ name, told, isShort });

export const REDELIVERY: readonly Fault[] = [
  twice(fault("queue-twice", "the queue delivers everything twice and out of order", true), 1, inAnyOrder),
  twice(fault("two-validators", "two processes of `validate` get every batch at the same moment", false), 2, twoInARow),
  streamFromTheStart,
];
