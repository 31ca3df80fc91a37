import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";

/** Where a function dies: at its n-th write (from 0), before the table has it, or after, when only the answer is lost. */
export type Crash = Readonly<{ atWrite: number; when: "before" | "after" }>;

const WRITES = new Set(["BatchExecuteStatementCommand", "UpdateItemCommand"]);

/** A client in a process that dies at the given point: that call and every later one fails. Without a crash, a plain client. */
export function crashingClient(config: DynamoDBClientConfig, crash: Crash | undefined): DynamoDBClient {
  const client = new DynamoDBClient({ ...config, maxAttempts: 1 });
  if (crash === undefined) return client;
  let writes = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Error("the process died here");
  };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (dead) die();
        if (!WRITES.has(commandName ?? "")) return next(args);
        const isLast = writes++ === crash.atWrite;
        if (isLast && crash.when === "before") die();
        const answer = await next(args);
        if (isLast) die();
        return answer;
      },
    { step: "initialize", name: "crash" },
  );
  return client;
}
