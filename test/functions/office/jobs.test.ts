import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { JOB_KINDS, type JobKind } from "#core/office-jobs.ts";
import { Refusal } from "#core/refusal.ts";
import { createOfficeWorkHandler, type JobWork } from "#functions/office-work/handler.ts";
import { type JobEnd, jobAt, type OfficeJobs, officeJobs } from "#storage/office-jobs.ts";
import { type OfficeWork, officeWork, writeJobMessage } from "#storage/office-work-queue.ts";
import { type Office, openOffice } from "#test/admin/office.ts";

const NOW = Date.parse("2030-05-01T12:00:00Z");
const HOURS = 3_600_000;
const DONE = { sentence: { en: "Done.", fr: "Fait." } };

let office: Office;
let jobs: OfficeJobs;
let work: OfficeWork;
let queueUrl: string;
let elections = 0;
let electionId: string;
beforeAll(async () => {
  office = await openOffice();
  jobs = officeJobs(office.connection.documents, "office");
  const { QueueUrl = "" } = await office.connection.sqs.send(new CreateQueueCommand({ QueueName: "office-work" }));
  queueUrl = QueueUrl;
  work = officeWork(jobs, office.connection.sqs, queueUrl);
});
beforeEach(() => {
  electionId = `J${++elections}`;
});
afterAll(() => office.close());

const ask = (kind: JobKind = "recount", atMs = NOW) => work.ask({ electionId, kind, who: "Ada", atMs });

/** Delivers messages to the handler, whose every kind of job does this. */
async function deliver(bodies: readonly string[], does: JobWork, atMs = NOW): Promise<readonly string[]> {
  const handler = createOfficeWorkHandler({
    jobs,
    work: Object.fromEntries(JOB_KINDS.map((kind) => [kind, does])) as Record<JobKind, JobWork>,
    now: () => atMs,
  });
  const Records = bodies.map((body, index) => ({ messageId: String(index), body }));
  const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent, {
    getRemainingTimeInMillis: () => 900_000,
  });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe("a job of the office", () => {
  test("is told of in the queue by its id alone", async () => {
    const { jobId } = await ask();
    const { Messages = [] } = await office.connection.sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
    expect(Messages.map(({ Body }) => JSON.parse(Body ?? ""))).toEqual([{ jobId }]);
    expect(await jobs.find(jobId)).toMatchObject({ electionId, kind: "recount", who: "Ada", state: "queued" });
  });

  test("is done once, however often its message is delivered", async () => {
    const { jobId } = await ask();
    let times = 0;
    const does: JobWork = async () => {
      times++;
      return { ...DONE, result: { ballots: 3 } };
    };
    const message = writeJobMessage(jobId);
    expect(await deliver([message, message], does)).toEqual([]);
    expect(await deliver([message], does)).toEqual([]);
    expect(times).toBe(1);
    expect(await jobs.find(jobId)).toMatchObject({ state: "done", sentence: DONE.sentence, result: { ballots: 3 } });
  });

  test("is done once by two who begin it at the same moment", async () => {
    const { jobId } = await ask();
    let times = 0;
    const does: JobWork = async () => {
      times++;
      return DONE;
    };
    await Promise.all([1, 2, 3].map(() => deliver([writeJobMessage(jobId)], does)));
    expect(times).toBe(1);
  });

  test("that is refused has ended with its sentence, and is not tried again", async () => {
    const { jobId } = await ask();
    const refuses: JobWork = () => Promise.reject(new Refusal("Voting is open.", "Le vote est ouvert."));
    expect(await deliver([writeJobMessage(jobId)], refuses)).toEqual([]);
    expect(await jobs.find(jobId)).toMatchObject({
      state: "failed",
      sentence: { en: "Voting is open.", fr: "Le vote est ouvert." },
    });
  });

  test("that fails has ended too, and says nothing of why, which may quote what it should not", async () => {
    const { jobId } = await ask();
    expect(await deliver([writeJobMessage(jobId)], () => Promise.reject(new Error("key 1234")))).toEqual([]);
    const failed = await jobs.find(jobId);
    expect(failed?.state).toBe("failed");
    expect(JSON.stringify(failed)).not.toContain("1234");
  });

  test("tells how far it has come", async () => {
    const { jobId } = await ask();
    const seen: unknown[] = [];
    const telling: JobWork = async (_, tell) => {
      tell({ step: "counting", done: 5, total: 9 });
      await expect.poll(async () => (await jobs.find(jobId))?.done).toBe(5);
      seen.push(await jobs.find(jobId));
      return DONE;
    };
    await deliver([writeJobMessage(jobId)], telling);
    expect(seen).toMatchObject([{ state: "running", step: "counting", done: 5, total: 9 }]);
  });

  test("keeps others of its election waiting until it has ended, and none of another", async () => {
    const { jobId } = await ask();
    await expect(ask("certify")).rejects.toThrow("Something else is being done to election");
    await deliver([writeJobMessage(jobId)], async () => {
      await expect(ask("certify")).rejects.toThrow("recount");
      return DONE;
    });
    await ask("certify");
    electionId = `J${++elections}`;
    await ask("certify");
  });

  test("that was interrupted has failed, is never begun again, and no longer keeps others waiting", async () => {
    const { jobId } = await ask();
    await jobs.begin(jobId, NOW, NOW + 900_000);
    const running = await jobs.find(jobId);
    if (running === undefined) throw new Error("the job is gone");
    expect(jobAt(running, NOW + 899_999).state).toBe("running");
    expect(jobAt(running, NOW + 900_000)).toMatchObject({ state: "failed" });
    let times = 0;
    const again: JobWork = async () => {
      times++;
      return DONE;
    };
    expect(await deliver([writeJobMessage(jobId)], again, NOW + 2 * HOURS)).toEqual([]);
    expect(times).toBe(0);
    await ask("recount", NOW + 900_000);
  });

  test("whose message was lost is not waited for for ever", async () => {
    const { jobId } = await ask();
    let times = 0;
    await deliver(
      [writeJobMessage(jobId)],
      async () => {
        times++;
        return DONE;
      },
      NOW + 7 * HOURS,
    );
    expect(times).toBe(0);
    await ask("recount", NOW + 7 * HOURS);
  });

  test("is among those of its election, the latest first", async () => {
    const end: JobEnd = { state: "done", ...DONE };
    const asked: string[] = [];
    for (const minutes of [0, 1, 2]) {
      const { jobId } = await ask("recount", NOW + minutes * 60_000);
      await jobs.begin(jobId, NOW + minutes * 60_000, NOW + HOURS);
      await jobs.end(jobId, NOW, end);
      asked.unshift(jobId);
    }
    expect((await jobs.ofElection(electionId)).map(({ jobId }) => jobId)).toEqual(asked);
  });

  test("a message that names no job goes back, and in the end to the dead letters", async () => {
    expect(await deliver(["{}", "not JSON", '{"jobId":"../x"}'], async () => DONE)).toEqual(["0", "1", "2"]);
  });
});
