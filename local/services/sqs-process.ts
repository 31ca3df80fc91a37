import { Server as HttpServer } from "node:http";
import { type ListenOptions, Server } from "node:net";
import { startFauxqs } from "fauxqs";
import type { OldestAnswer, OldestQuestion } from "#local/services/sqs.ts";
import { answerMoves } from "#local/services/sqs-moves.ts";

/** The process of the embedded queues; its folder, if any, is the first argument. */

// fauxqs listens on every interface. Ballots wait in these queues: only this machine may reach them.
const listen = Server.prototype.listen;
Server.prototype.listen = function (this: Server, options: ListenOptions, ...rest: unknown[]): Server {
  if (this instanceof HttpServer) answerMoves(this);
  return Reflect.apply(listen, this, [{ ...options, host: "127.0.0.1" }, ...rest]);
} as typeof listen;

const [, , folder] = process.argv;
const server = await startFauxqs({
  port: 0,
  logger: false,
  defaultRegion: process.env.AWS_REGION ?? "us-east-1",
  ...(folder !== undefined && { dataDir: folder }),
});

const stop = async (): Promise<void> => {
  await server.stop();
  process.exit(0);
};
/** When a queue's oldest message was sent, those in flight included. */
function oldestSentMs(queueName: string): number | undefined {
  const { ready, delayed, inflight } = server.inspectQueue(queueName)?.messages ?? {
    ready: [],
    delayed: [],
    inflight: [],
  };
  const messages = [...ready, ...delayed, ...inflight.map(({ message }) => message)];
  return messages.length === 0
    ? undefined
    : messages.reduce((oldest, { sentTimestamp }) => Math.min(oldest, sentTimestamp), Number.POSITIVE_INFINITY);
}

process.on("message", ({ question, queueName }: OldestQuestion) => {
  const answer: OldestAnswer = { question, oldestSentMs: oldestSentMs(queueName) };
  process.send?.(answer);
});
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});
process.on("disconnect", () => void stop());
process.send?.(server.port);
