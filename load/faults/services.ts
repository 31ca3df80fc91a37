import { once } from "node:events";
import type { Fault, Trial } from "#load/faults/fault.ts";
import { answerOf, THROTTLED } from "#load/faults/fault-proxy.ts";
import { type Breakage, laptopFault } from "#load/faults/laptop-fault.ts";
import { grouped } from "#load/shared/report.ts";

/** DynamoDB and SQS throttle, are unreachable, lose their answers, or refuse. */

const TABLES = "DynamoDB_20120810";
const THROTTLED_PERCENT = 30;
const REFUSED_MS = { full: 30_000, short: 3_000 } as const;
const CUT_PERCENT = 5;
const HANGS = 4;
/** So many that the SDK stops retrying, and the voter notices. */
const FAILED_SENDS_PERCENT = 60;

function throttling(_: unknown, { random }: Trial): Breakage {
  const calls = { all: 0, throttled: 0 };
  return {
    async interceptor({ service: called }, pass) {
      if (called !== TABLES) return pass();
      calls.all++;
      if (random(100) >= THROTTLED_PERCENT) return pass();
      calls.throttled++;
      return THROTTLED;
    },
    happened: () => ({
      times: calls.throttled,
      happened: `${grouped(calls.throttled)} of ${grouped(calls.all)} calls throttled`,
    }),
  };
}

function refusing(_: unknown, { isFull }: Trial): Breakage {
  const lastsMs = isFull ? REFUSED_MS.full : REFUSED_MS.short;
  let untilMs = 0;
  let refused = 0;
  return {
    // Its streams are DynamoDB too.
    async interceptor({ service: called }, pass) {
      if (Date.now() >= untilMs || !called.startsWith("DynamoDB")) return pass();
      refused++;
      return "no-answer";
    },
    at: {
      moments: 1,
      act: () => {
        untilMs = Date.now() + lastsMs;
      },
    },
    happened: () => ({ times: refused, happened: `once, for ${lastsMs / 1000} s: ${grouped(refused)} calls refused` }),
  };
}

function answeringLate(_: unknown, { random }: Trial): Breakage {
  const answers = { cut: 0, hung: 0 };
  let armed = 0;
  return {
    async interceptor({ service: called, action, gaveUp }, pass) {
      const isWrite = called === TABLES && (action === "BatchExecuteStatement" || action === "UpdateItem");
      if (!isWrite) return pass();
      if (armed > 0) {
        armed--;
        await pass();
        answers.hung++;
        if (!gaveUp.aborted) await once(gaveUp, "abort");
        return "no-answer";
      }
      if (random(100) >= CUT_PERCENT) return pass();
      await pass();
      answers.cut++;
      return "no-answer";
    },
    at: { moments: HANGS, act: () => void armed++ },
    happened: () => ({
      times: answers.hung === HANGS ? answers.cut + HANGS : 0,
      happened: `${grouped(answers.cut)} answers to writes lost, ${answers.hung} later than the function's own timeout`,
    }),
  };
}

function failingSends(_: unknown, { random }: Trial): Breakage {
  const sends = { all: 0, refused: 0, lost: 0 };
  return {
    async interceptor({ action }, pass) {
      if (action !== "SendMessage") return pass();
      sends.all++;
      if (random(100) >= FAILED_SENDS_PERCENT) return pass();
      if (random(2) === 0) {
        sends.refused++;
        return answerOf(503, { __type: "com.amazonaws.sqs#ServiceUnavailable", message: "try again" });
      }
      // The queue has it, and nobody is told.
      await pass();
      sends.lost++;
      return "no-answer";
    },
    happened: ({ account }) => ({
      times: account.unanswered,
      happened: `of ${grouped(sends.all)} sends ${grouped(sends.refused)} refused, ${grouped(sends.lost)} stored unanswered`,
    }),
  };
}

const service = (name: string, told: string, breaking: typeof throttling, isShort = false): Fault =>
  laptopFault({ name, told, isShort }, breaking);

export const SERVICES: readonly Fault[] = [
  service("dynamodb-throttles", `DynamoDB throttles ${THROTTLED_PERCENT} % of all calls`, throttling, true),
  service("dynamodb-refuses", "DynamoDB refuses every connection for 30 s", refusing),
  service("dynamodb-answers-late", "DynamoDB writes, and answers after its caller gave up", answeringLate),
  service("sqs-fails-sends", "SQS fails sends, half of them after storing the message", failingSends),
];
