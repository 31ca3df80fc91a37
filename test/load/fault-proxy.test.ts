import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { answerOf, type FaultProxy, startFaultProxy } from "#load/faults/fault-proxy.ts";
import { listen } from "#local/listening.ts";

/** A service that remembers what reached it, and a proxy before it. */
async function proxied(): Promise<Readonly<{ proxy: FaultProxy; reached: readonly string[] }>> {
  const reached: string[] = [];
  const service = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += String(chunk);
    });
    request.once("end", () => {
      reached.push(text);
      response.end(`answer to ${text}`);
    });
  });
  const proxy = await startFaultProxy(`http://127.0.0.1:${await listen(service)}`);
  onTestFinished(async () => {
    await proxy.stop();
    service.close();
    service.closeAllConnections();
  });
  return { proxy, reached };
}

const call = (proxy: FaultProxy, body: string, signal?: AbortSignal) =>
  fetch(proxy.endpoint, {
    method: "POST",
    headers: { "x-amz-target": "DynamoDB_20120810.PutItem" },
    body,
    ...(signal !== undefined && { signal }),
  });

test("until it is told otherwise, every call passes unchanged", async () => {
  const { proxy, reached } = await proxied();
  expect(await (await call(proxy, "a")).text()).toBe("answer to a");
  expect(reached).toEqual(["a"]);
});

test("a call refused never reaches the service, and its caller sees a broken connection", async () => {
  const { proxy, reached } = await proxied();
  proxy.use(async ({ service, action }) => {
    expect([service, action]).toEqual(["DynamoDB_20120810", "PutItem"]);
    return "no-answer";
  });
  await expect(call(proxy, "a")).rejects.toThrow();
  expect(reached).toEqual([]);
});

test("an answer can be lost after the service did what it was asked", async () => {
  const { proxy, reached } = await proxied();
  proxy.use(async (_call, pass) => {
    await pass();
    return "no-answer";
  });
  await expect(call(proxy, "a")).rejects.toThrow();
  expect(reached).toEqual(["a"]);
});

test("a call can be answered in the service's place, or passed on changed", async () => {
  const { proxy, reached } = await proxied();
  proxy.use(async ({ body }, pass) => (body === "a" ? answerOf(400, { no: true }) : pass("c")));
  const refused = await call(proxy, "a");
  expect([refused.status, await refused.json()]).toEqual([400, { no: true }]);
  expect(await (await call(proxy, "b")).text()).toBe("answer to c");
  expect(reached).toEqual(["c"]);
});

test("it knows when its caller gave up, and the service's work goes on all the same", async () => {
  const { proxy, reached } = await proxied();
  let hasGivenUp = false;
  proxy.use(async ({ gaveUp }, pass) => {
    await pass();
    await new Promise((resolve) => gaveUp.addEventListener("abort", resolve));
    hasGivenUp = true;
    return "no-answer";
  });
  await expect(call(proxy, "a", AbortSignal.timeout(200))).rejects.toThrow();
  while (!hasGivenUp) await pause(10);
  expect(reached).toEqual(["a"]);
});
