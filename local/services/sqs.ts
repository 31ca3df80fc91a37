import { fork } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { REGION } from "#local/services/credentials.ts";

/** Embedded queues (fauxqs), in a process of their own so that they do not block the API. */
export type SqsLocal = Readonly<{
  endpoint: string;
  /** Age of a queue's oldest message; 0 when it is empty. */
  oldestAgeMs(queueName: string): Promise<number>;
  stop(): Promise<void>;
}>;

/** For the metric of that name, which no SQS request answers. */
export type OldestQuestion = Readonly<{ question: number; queueName: string }>;
export type OldestAnswer = Readonly<{ question: number; oldestSentMs?: number | undefined }>;

const PROCESS_FILE = fileURLToPath(new URL("sqs-process.ts", import.meta.url));

/** @param folder where the queues are kept; in memory when left out */
export async function startSqs(folder?: string): Promise<SqsLocal> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const child = fork(PROCESS_FILE, folder === undefined ? [] : [folder], {
    env: { PATH: process.env.PATH ?? "", AWS_REGION: REGION },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await Promise.race([
    new Promise<number>((resolve) => child.once("message", (message) => resolve(Number(message)))),
    ended.then(() => {
      throw new EnglishRefusal("The embedded queues did not start.");
    }),
  ]);
  let questions = 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async oldestAgeMs(queueName) {
      const question = questions++;
      const answered = new Promise<OldestAnswer>((resolve) => {
        const listen = (answer: OldestAnswer): void => {
          if (answer.question !== question) return;
          child.off("message", listen);
          resolve(answer);
        };
        child.on("message", listen);
      });
      const asked: OldestQuestion = { question, queueName };
      child.send(asked);
      const { oldestSentMs } = await Promise.race([answered, ended.then((): OldestAnswer => ({ question }))]);
      return oldestSentMs === undefined ? 0 : Math.max(0, Date.now() - oldestSentMs);
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
