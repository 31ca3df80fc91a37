import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { messagesSetAside, sendAgain } from "#admin/set-aside/set-aside.ts";
import { refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";

/** Messages that were set aside: how many, since when, and sending them back to the queue of votes. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const BODIES = Array.from({ length: 23 }, (_, index) => `message ${index}`);

test("with nothing set aside there is nothing to send", async () => {
  const { connection } = office;
  expect(await messagesSetAside(connection, Date.now())).toEqual({
    messages: 0,
    oldestMs: undefined,
    move: undefined,
  });
  expect(await refusal(sendAgain(connection))).toBe("No message is set aside.");
});

test("what was set aside is counted, and goes back whole to the queue of votes", async () => {
  const { connection } = office;
  const { sqs, deadLetterQueueUrl, votesQueueUrl } = connection;
  for (const MessageBody of BODIES)
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody }));
  const before = await messagesSetAside(connection, Date.now());
  expect(before).toMatchObject({ messages: 23, move: undefined });
  expect(before.oldestMs).toBeGreaterThanOrEqual(0);

  expect(await sendAgain(connection)).toEqual({ messages: 23 });
  expect(await messagesSetAside(connection, Date.now())).toMatchObject({
    messages: 0,
    move: { isUnderWay: false, hasFailed: false, moved: 23 },
  });
  const arrived: string[] = [];
  while (arrived.length < BODIES.length) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: votesQueueUrl, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.length).toBeGreaterThan(0);
    arrived.push(...Messages.map(({ Body = "" }) => Body));
  }
  expect(arrived.sort()).toEqual([...BODIES].sort());
});
