import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createOriginKeysHandler } from "#functions/origin-keys/handler.ts";

const FIRST = "11111111-1111-4111-8111-111111111111";
const SECOND = "22222222-2222-4222-8222-222222222222";
const API = "abc123.execute-api.ca-central-1.amazonaws.com";

const Answer = z.object({
  Status: z.enum(["SUCCESS", "FAILED"]),
  PhysicalResourceId: z.string(),
  NoEcho: z.boolean().optional(),
  Reason: z.string().optional(),
  Data: z.record(z.string(), z.string()).optional(),
  RequestId: z.literal("request"),
});

const ORIGINS = { apiDomain: API, certifiedBucket: "certified-1" };

/** The site's stack as CloudFormation sees it, and the secret as the API does. */
function site({ origins = async () => ORIGINS } = {}) {
  let stored = "{}";
  const answers: z.infer<typeof Answer>[] = [];
  const handler = createOriginKeysHandler({
    keys: {
      read: async () => stored,
      write: async (json) => {
        stored = json;
      },
    },
    origins,
    respond: async (_, body) => void answers.push(Answer.parse(JSON.parse(body))),
  });
  const ask = async (
    request: Readonly<{ RequestType: "Create" } | { RequestType: "Update" | "Delete"; PhysicalResourceId: string }>,
    deployment: string,
  ) => {
    const event = {
      ...request,
      ServiceToken: "",
      ResponseURL: "https://cloudformation.invalid/answer",
      StackId: "stack",
      RequestId: "request",
      LogicalResourceId: "OriginKey",
      ResourceType: "Custom::OriginKey",
      ResourceProperties: { ServiceToken: "", deployment },
      ...(request.RequestType === "Update" && { OldResourceProperties: {} }),
    } as CloudFormationCustomResourceEvent;
    await handler(event);
    const answer = answers.at(-1);
    if (answer === undefined) throw new Error("CloudFormation was not answered");
    return answer;
  };
  return {
    create: (deployment: string) => ask({ RequestType: "Create" }, deployment),
    update: (PhysicalResourceId: string, deployment: string) =>
      ask({ RequestType: "Update", PhysicalResourceId }, deployment),
    remove: (PhysicalResourceId: string) => ask({ RequestType: "Delete", PhysicalResourceId }, FIRST),
    valid: () => Object.values(z.record(z.string(), z.string()).parse(JSON.parse(stored))),
  };
}

describe("the key between CloudFront and the API", () => {
  it("is made by the first deployment, long and random, and never shown in CloudFormation's events", async () => {
    const { create, valid } = site();
    const made = await create(FIRST);
    expect(made).toMatchObject({ Status: "SUCCESS", NoEcho: true, Data: ORIGINS });
    expect(valid()).toEqual([made.Data?.key]);
    expect(made.Data?.key).toMatch(/^[\w-]{43}$/);
    expect((await site().create(FIRST)).Data?.key).not.toBe(made.Data?.key);
  });

  it("stays valid until CloudFront uses the next one", async () => {
    const { create, update, remove, valid } = site();
    const first = await create(FIRST);
    const second = await update(first.PhysicalResourceId, SECOND);
    expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId);
    expect(valid()).toEqual([first.Data?.key, second.Data?.key]);
    // CloudFormation's cleanup, after the rest of the stack is updated.
    await remove(first.PhysicalResourceId);
    expect(valid()).toEqual([second.Data?.key]);
  });

  it("is unchanged when a deployment fails and rolls back, however often", async () => {
    const { create, update, remove, valid } = site();
    const first = await create(FIRST);
    for (let attempt = 0; attempt < 5; attempt++) {
      const failed = await update(first.PhysicalResourceId, SECOND);
      await update(failed.PhysicalResourceId, FIRST);
      await remove(failed.PhysicalResourceId);
    }
    expect(valid()).toEqual([first.Data?.key]);
  });

  it("is the same when CloudFormation repeats a request", async () => {
    const { create, valid } = site();
    expect((await create(FIRST)).Data?.key).toBe((await create(FIRST)).Data?.key);
    expect(valid()).toHaveLength(1);
  });

  it("admits no request once the site is gone, and removing it twice does no harm", async () => {
    const { create, remove, valid } = site();
    const { PhysicalResourceId } = await create(FIRST);
    await remove(PhysicalResourceId);
    expect(await remove(PhysicalResourceId)).toMatchObject({ Status: "SUCCESS" });
    expect(valid()).toEqual([]);
  });

  it("a deployment that cannot find the API fails without a key, and without details to CloudFormation", async () => {
    const { create, valid } = site({
      origins: async () => {
        throw new TypeError("token=secret");
      },
    });
    const { Status, Reason, Data } = await create(FIRST);
    expect({ Status, Reason, Data }).toEqual({
      Status: "FAILED",
      Reason: "TypeError: see the function's log",
      Data: undefined,
    });
    expect(valid()).toEqual([]);
  });
});
