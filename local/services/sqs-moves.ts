import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";

/** Moving dead letters back to where they came from, over SQS's protocol (AWS JSON 1.0): the embedded queues do not know it. */

const START = "AmazonSQS.StartMessageMoveTask";
const LIST = "AmazonSQS.ListMessageMoveTasks";

const Request = z.object({ SourceArn: z.string() });

type Moved = Readonly<{ TaskHandle: string; SourceArn: string; moved: number; startedMs: number }>;

/** ReceiveMessage's maximum. */
const PER_REQUEST = 10;

const QueueUrls = z.object({ QueueUrls: z.array(z.string()).default([]) });
const Attributes = z.object({
  Attributes: z.object({ QueueArn: z.string(), RedrivePolicy: z.string().default("{}") }),
});
const RedrivePolicy = z.object({ deadLetterTargetArn: z.string().optional() });
const Received = z.object({
  Messages: z
    .array(z.object({ Body: z.string(), ReceiptHandle: z.string(), MessageAttributes: z.unknown().optional() }))
    .default([]),
});

/** A request to the same server. */
async function ask(server: Server, action: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the queues listen on no port");
  const response = await fetch(`http://127.0.0.1:${address.port}/`, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${action}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${action}: ${response.status}`);
  const answer = await response.text();
  return answer === "" ? {} : JSON.parse(answer);
}

/** Moves every message that can be seen from a dead-letter queue to the queue that it serves; returns how many. */
async function moveBack(server: Server, sourceArn: string): Promise<number> {
  const { QueueUrls: urls } = QueueUrls.parse(await ask(server, "ListQueues", {}));
  const queues = await Promise.all(
    urls.map(async (url) => {
      const asked = await ask(server, "GetQueueAttributes", { QueueUrl: url, AttributeNames: ["All"] });
      const { QueueArn: arn, RedrivePolicy: policy } = Attributes.parse(asked).Attributes;
      return { url, arn, deadLettersArn: RedrivePolicy.parse(JSON.parse(policy)).deadLetterTargetArn };
    }),
  );
  const from = queues.find(({ arn }) => arn === sourceArn)?.url;
  const to = queues.find(({ deadLettersArn }) => deadLettersArn === sourceArn)?.url;
  if (from === undefined || to === undefined) throw new Error(`${sourceArn} is no dead-letter queue`);
  for (let moved = 0; ; ) {
    const asked = { QueueUrl: from, MaxNumberOfMessages: PER_REQUEST, MessageAttributeNames: ["All"] };
    const { Messages } = Received.parse(await ask(server, "ReceiveMessage", asked));
    if (Messages.length === 0) return moved;
    for (const { Body, ReceiptHandle, MessageAttributes } of Messages) {
      await ask(server, "SendMessage", { QueueUrl: to, MessageBody: Body, MessageAttributes });
      await ask(server, "DeleteMessage", { QueueUrl: from, ReceiptHandle });
      moved++;
    }
  }
}

/** Answers these two requests in place of the server's own listener, which answers all others. AWS moves meanwhile, this at once. */
export function answerMoves(server: Server): void {
  const tasks: Moved[] = [];

  const start = async (SourceArn: string) => {
    const startedMs = Date.now();
    const moved = await moveBack(server, SourceArn);
    const TaskHandle = Buffer.from(JSON.stringify([SourceArn, tasks.length])).toString("base64");
    tasks.unshift({ TaskHandle, SourceArn, moved, startedMs });
    return { TaskHandle };
  };
  const list = (SourceArn: string) => ({
    Results: tasks
      .filter((task) => task.SourceArn === SourceArn)
      .map(({ moved, startedMs }) => ({
        ...{ Status: "COMPLETED", SourceArn, StartedTimestamp: startedMs },
        ...{ ApproximateNumberOfMessagesMoved: moved, ApproximateNumberOfMessagesToMove: moved },
      })),
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const { SourceArn } = Request.parse(JSON.parse(await text(request)));
      const body = request.headers["x-amz-target"] === START ? await start(SourceArn) : list(SourceArn);
      response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
    } catch (error) {
      const body = {
        __type: "com.amazonaws.sqs#InvalidParameterValue",
        message: error instanceof Error ? error.message : "",
      };
      response.writeHead(400, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
    }
  };

  const listeners = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers["x-amz-target"] === START || request.headers["x-amz-target"] === LIST) {
      void answer(request, response);
      return;
    }
    for (const listener of listeners) listener.call(server, request, response);
  });
}
