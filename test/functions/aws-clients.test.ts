import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { dynamoDb } from "#functions/runtime/aws-clients.ts";
import { type FaultProxy, startFaultProxy, THROTTLED } from "#load/faults/fault-proxy.ts";
import { emptyDatabase } from "#test/database.ts";

/** A function's client when a table throttles. */

const { endpoint, accessKeyId } = emptyDatabase();
let proxy: FaultProxy;
beforeAll(async () => {
  proxy = await startFaultProxy(endpoint);
});
afterAll(() => proxy.stop());

/** Throttles this many calls, then lets them pass. Returns how many came. */
function throttle(times: number): () => number {
  let calls = 0;
  proxy.use((_call, pass) => (calls++ < times ? Promise.resolve(THROTTLED) : pass()));
  return () => calls;
}

function clientOfAFunction() {
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", proxy.endpoint);
  vi.stubEnv("AWS_REGION", "ca-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
  const client = dynamoDb();
  onTestFinished(() => {
    client.destroy();
    vi.unstubAllEnvs();
  });
  return client;
}

test("a call that is throttled four times in a row succeeds", async () => {
  const calls = throttle(4);
  await expect(clientOfAFunction().send(new ListTablesCommand())).resolves.toMatchObject({ TableNames: [] });
  expect(calls()).toBe(5);
});

test("a call that is always throttled fails, and says why", async () => {
  const calls = throttle(Number.POSITIVE_INFINITY);
  const failing = clientOfAFunction().send(new ListTablesCommand());
  await expect(failing).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
  expect(calls()).toBe(5);
});
