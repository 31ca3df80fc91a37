import { flushCompileCache } from "node:module";
import type { Context } from "aws-lambda";
import { ASK_CPU, type Invocation, type Outcome, type Told } from "#local/functions/host.ts";
import { shiftClock } from "#local/functions/shifted-clock.ts";

/** The process of one function: loads the deployed bundle, and runs what its parent sends. */

const [, , bundle] = process.argv;
/** The host's clock: Lambda knows how much time is left, whatever the function's own clock shows. */
const hostNow = Date.now;
if (process.env.CLOCK_OFFSET_MS !== undefined) shiftClock(Number(process.env.CLOCK_OFFSET_MS));
const { handler } = (await import(String(bundle))) as {
  handler: (event: unknown, context: Context) => Promise<unknown>;
};

// Where a cache is kept; at its end this process has no time for it.
flushCompileCache();

function contextOf({ requestId, functionName, deadlineMs }: Invocation): Context {
  const unused = (): never => {
    throw new Error("handlers answer by their promise");
  };
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:${process.env.AWS_REGION}:000000000000:function:${functionName}`,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? "128",
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - hostNow()),
    done: unused,
    fail: unused,
    succeed: unused,
  };
}

/** The trace header that Lambda gives an invocation. Every trace is sampled here. */
function traceHeader({ requestId }: Invocation): string {
  const hexadecimal = requestId.replaceAll("-", "");
  const second = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${second}-${hexadecimal.slice(0, 24)};Parent=${hexadecimal.slice(-16)};Sampled=1`;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const tell = (told: Told): void => {
  process.send?.(told);
};

process.on("message", (invocation: Invocation | typeof ASK_CPU) => {
  if (invocation === ASK_CPU) return tell({ cpuMs: cpuMs() });
  process.env._X_AMZN_TRACE_ID = traceHeader(invocation);
  const { id } = invocation;
  const answer = (outcome: Outcome): void => {
    process.send?.(outcome);
  };
  handler(invocation.event, contextOf(invocation)).then(
    (result) => answer({ id, ok: true, result }),
    (error: unknown) => answer({ id, ok: false, error: error instanceof Error ? error.name : "Error" }),
  );
});

// A Ctrl-C in the terminal, or its closing, reaches this process too, but its parent stops it, after the last invocation.
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});
process.on("disconnect", () => process.exit(0));
tell("ready");
