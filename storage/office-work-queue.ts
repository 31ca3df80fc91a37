import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { formatInstant } from "#core/instant-words.ts";
import { JOB_ID_FORM } from "#core/office-jobs.ts";
import { Refusal } from "#core/refusal.ts";
import type { AskedJob, Job, OfficeJobs } from "#storage/office-jobs.ts";

/** Asking for what is done behind the office's queue. A message names a job and says nothing of it. */

const JobMessage = z.strictObject({ jobId: z.string().check(z.regex(JOB_ID_FORM)) });

/** The job that a message names; undefined when it names none. */
export function readJobMessage(body: string): string | undefined {
  try {
    return JobMessage.safeParse(JSON.parse(body)).data?.jobId;
  } catch {
    return undefined;
  }
}

export const writeJobMessage = (jobId: string): string => JSON.stringify({ jobId });

export type OfficeWork = Readonly<{
  /** Asks for a job. Throws Refusal while the election has another one under way. */
  ask(asked: AskedJob): Promise<Job>;
}>;

const NOT_SENT = {
  en: "It could not be put into the queue. Ask for it again.",
  fr: "La demande n’a pas pu être mise en file. Faites-la de nouveau.",
};

export function officeWork(jobs: OfficeJobs, sqs: SQSClient, queueUrl: string): OfficeWork {
  return {
    async ask(asked) {
      const added = await jobs.add(asked);
      if ("busy" in added) {
        const { busy } = added;
        const since = busy === undefined ? "" : ` (${busy.kind}, ${busy.askedAt})`;
        const depuis = busy === undefined ? "" : `, demandée le ${formatInstant("fr", busy.askedAt)}`;
        throw new Refusal(
          `Something else is being done to election ${asked.electionId}${since}: wait until it has ended.`,
          `Une autre opération est en cours pour l’élection ${asked.electionId}${depuis}\u00a0: attendez qu’elle soit terminée.`,
        );
      }
      const { jobId } = added.job;
      try {
        await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: writeJobMessage(jobId) }));
      } catch (error) {
        // Begun and ended here: nothing else will.
        await jobs.begin(jobId, asked.atMs, asked.atMs + 1);
        await jobs.end(jobId, asked.atMs, { state: "failed", sentence: NOT_SENT });
        throw error;
      }
      return added.job;
    },
  };
}
