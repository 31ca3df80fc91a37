import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { CLOSING_ROUTES } from "#functions/office/closing/contract.ts";
import { closingHandlers } from "#functions/office/closing/handlers.ts";
import { PROPOSAL_ROUTES } from "#functions/office/proposals/contract.ts";
import { proposalHandlers } from "#functions/office/proposals/handlers.ts";
import { proposing } from "#functions/office/proposals/propose.ts";
import { createOfficeWorkHandler } from "#functions/office-work/handler.ts";
import { officeWorkOf } from "#functions/office-work/work.ts";
import { createOfficeHandler } from "#functions/runtime/office/dispatcher.ts";
import { type Job, officeJobs } from "#storage/office-jobs.ts";
import { officeWork } from "#storage/office-work-queue.ts";
import { proposalsIn } from "#storage/proposals.ts";
import { openOffice } from "#test/admin/office.ts";
import {
  type Asked,
  ask,
  type Claims,
  claims,
  NOW,
  officeOf,
  type RecordedAct,
} from "#test/functions/office/calling.ts";

/** The room “After closing” with its queue, and who works behind it. */

export const ADA = claims("ada", "officer");
export const BO = claims("bo", "officer");

const ROUTES = { ...CLOSING_ROUTES, ...PROPOSAL_ROUTES } as const;
/** Small, so that a small file has several. */
export const PIECE_BYTES = 100;

/** An act on an election, as in `recount`. */
type Act = "open-statement" | "recount" | "lots" | "certify" | "publish" | "shred" | "delete";

export async function openRoom() {
  const office = await openOffice();
  const { connection } = office;
  const jobs = officeJobs(connection.documents, "office");
  const { QueueUrl = "" } = await connection.sqs.send(new CreateQueueCommand({ QueueName: "office-work" }));
  const work = officeWork(jobs, connection.sqs, QueueUrl);
  const proposals = proposalsIn(connection.documents, "office");
  const recorded: RecordedAct[] = [];
  const handlers = {
    ...closingHandlers({ connection, jobs, work, mostPieceBytes: PIECE_BYTES }),
    ...proposalHandlers(proposals),
  };
  const alone = createOfficeHandler(ROUTES, handlers, officeOf(recorded));
  const withTwo = createOfficeHandler(ROUTES, handlers, {
    ...officeOf(recorded),
    propose: proposing(ROUTES, proposals),
  });
  const runWork = createOfficeWorkHandler({
    jobs,
    work: officeWorkOf(connection, { forgottenAfterMs: 0, stillForMs: 0 }),
    now: () => NOW,
  });

  /** Does whatever waits in the queue. */
  async function workOff(): Promise<void> {
    for (;;) {
      const { Messages = [] } = await connection.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      if (Messages.length === 0) return;
      for (const { Body: body = "", MessageId: messageId = "", ReceiptHandle } of Messages) {
        const event = { Records: [{ messageId, body }] } as unknown as SQSEvent;
        await runWork(event, { getRemainingTimeInMillis: () => 900_000 });
        await connection.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  }

  const sendTo = (handler: typeof alone, asked: Asked) => ask(handler, asked);
  const routeOf = (act: Act): string => `POST /office/elections/{election_id}/${act}`;

  return {
    office,
    jobs,
    work,
    recorded,
    workOff,
    send: (asked: Asked) => sendTo(alone, asked),
    act: (act: Act, electionId: string, body: unknown = {}, more: Partial<Asked> = {}) =>
      sendTo(alone, { route: routeOf(act), parameters: { election_id: electionId }, as: ADA, body, ...more }),
    /** As `act`, where the stage asks for two officers. */
    propose: (act: Act, electionId: string, body: unknown, as: Claims = ADA) =>
      sendTo(withTwo, { route: routeOf(act), parameters: { election_id: electionId }, as, body }),
    async confirm(id: string, as: Claims) {
      const about = { parameters: { proposal_id: id }, as };
      const seen = await sendTo(withTwo, { route: "GET /office/proposals/{proposal_id}", ...about });
      const body = { sha256: seen.json.sha256 };
      return sendTo(withTwo, { route: "POST /office/proposals/{proposal_id}/confirm", ...about, body });
    },
    /** The job that an answer tells of, once it has ended. */
    async ended(answer: Awaited<ReturnType<typeof ask>>): Promise<Job> {
      await workOff();
      const job = await jobs.find(String(answer.json.job_id));
      if (answer.statusCode !== 202 || job === undefined) throw new Error(`no job was asked for: ${answer.body}`);
      return job;
    },
  };
}
export type ClosingRoom = Awaited<ReturnType<typeof openRoom>>;
