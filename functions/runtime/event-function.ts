import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { logFailure, logger } from "#functions/runtime/observability.ts";

/** Wraps a handler of anything but HTTP: log context, and a logged failure. */
export function eventFunction<Event, Answer>(
  handler: (event: Event, context: Context) => Promise<Answer>,
): middy.MiddyfiedHandler<Event, Answer> {
  return middy<Event, Answer>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .onError(({ error }) => logFailure("an event could not be handled", error))
    .handler(handler);
}
