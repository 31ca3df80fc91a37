import { withBundles } from "#admin/certification/bundles.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { drawLot } from "#admin/elections/lots.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { JOB_ID_FORM, type JobKind } from "#core/office-jobs.ts";
import { keptAt } from "#core/published-bundle.ts";
import { Refusal } from "#core/refusal.ts";
import {
  type BundlePiece,
  type CLOSING_ROUTES,
  JobsQuery,
  LotAnswer,
  LotRequest,
  MOST_PIECE_BYTES,
  PlainRequest,
  RecountRequest,
  TypedRequest,
} from "#functions/office/closing/contract.ts";
import { jobAnswer } from "#functions/office/closing/jobs.ts";
import { closingStanding } from "#functions/office/closing/standing.ts";
import type { JobAsked, JobsAnswer } from "#functions/office-work/contract.ts";
import { type HttpAnswer, json, problem } from "#functions/runtime/http.ts";
import { BodyFault, bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";
import type { JobOptions, OfficeJobs } from "#storage/office-jobs.ts";
import type { OfficeWork } from "#storage/office-work-queue.ts";

export type ClosingDependencies = Readonly<{
  connection: Connection;
  jobs: OfficeJobs;
  work: OfficeWork;
  /** Of a bundle's file, in one answer. */
  mostPieceBytes?: number;
}>;

const ACCEPTED = 202;

const electionIdOf = ({ parameters }: OfficeCall): string => parameters.election_id ?? "";

/** Throws Refusal unless the election's id was typed: what is done cannot be undone. */
function requireTyped(call: OfficeCall): Readonly<{ reason?: string }> {
  const { typed, reason } = bodyOf(TypedRequest, call);
  const electionId = electionIdOf(call);
  if (typed.trim() === electionId) return reason === undefined ? {} : { reason };
  throw new Refusal(
    `Nothing was done: type the election's id, ${electionId}, to confirm.`,
    `Rien n’a été fait\u00a0: tapez l’identifiant de l’élection, ${electionId}, pour confirmer.`,
  );
}

export function closingHandlers({
  connection,
  jobs,
  work,
  mostPieceBytes = MOST_PIECE_BYTES,
}: ClosingDependencies): OfficeHandlers<typeof CLOSING_ROUTES> {
  /** Asks for a job, of an election that there is. */
  const askFor = async (call: OfficeCall, kind: JobKind, options: JobOptions = {}): Promise<HttpAnswer> => {
    const electionId = electionIdOf(call);
    // What is left of one whose deletion was interrupted is deleted by its id alone.
    if (kind !== "delete") await requireElection(connection, electionId);
    const job = await work.ask({ electionId, kind, who: call.who, options, atMs: call.atMs });
    const asked: JobAsked = { job_id: job.jobId };
    return json(ACCEPTED, asked);
  };
  const plain =
    (kind: JobKind) =>
    async (call: OfficeCall): Promise<HttpAnswer> => {
      bodyOf(PlainRequest, call);
      return askFor(call, kind);
    };

  return {
    "GET /office/jobs/{job_id}": async ({ parameters: { job_id: jobId = "" }, language, atMs }) => {
      const job = JOB_ID_FORM.test(jobId) ? await jobs.find(jobId) : undefined;
      return job === undefined ? problem("not-found", language) : json(200, jobAnswer(job, language, atMs));
    },
    "GET /office/jobs": async ({ query, language, atMs }) => {
      const parsed = JobsQuery.safeParse(query, { reportInput: true });
      if (!parsed.success) throw new BodyFault(parsed.error.issues);
      const found = await jobs.ofElection(parsed.data.election_id);
      const answer: JobsAnswer = { jobs: found.map((job) => jobAnswer(job, language, atMs)) };
      return json(200, answer);
    },
    "GET /office/elections/{election_id}/closing": async (call) => {
      const { language, atMs } = call;
      const electionId = electionIdOf(call);
      const known = await jobs.ofElection(electionId);
      return json(200, await closingStanding(connection, electionId, { jobs: known, language, atMs }));
    },
    "GET /office/elections/{election_id}/bundle/{file}/{from}": async (call) => {
      const { file = "", from: text = "" } = call.parameters;
      const electionId = electionIdOf(call);
      const { bundle } = await requireElection(connection, electionId);
      const known = bundle?.files.find(({ name }) => name === file);
      const from = Number(text);
      const isThere = Number.isSafeInteger(from) && from >= 0 && from < Math.max(1, known?.bytes ?? 0);
      if (bundle === undefined || known === undefined || !isThere) return problem("not-found", call.language);
      const until = Math.min(known.bytes, from + mostPieceBytes);
      const bytes = await withBundles(connection, async (bundles) => {
        const key = `${keptAt(electionId, bundle.certificate)}${file}`;
        const stream = await bundles.read(key, known.bytes === 0 ? undefined : { from, until });
        return stream === undefined ? undefined : Buffer.concat(await stream.toArray());
      });
      if (bytes === undefined) return problem("not-found", call.language);
      const piece: BundlePiece = { bytes: bytes.toString("base64"), next: until < known.bytes ? until : null };
      return json(200, piece);
    },
    "POST /office/elections/{election_id}/open-statement": plain("open-statement"),
    "POST /office/elections/{election_id}/certify": plain("certify"),
    "POST /office/elections/{election_id}/publish": plain("publish"),
    "POST /office/elections/{election_id}/recount": async (call) => {
      const { swap } = bodyOf(RecountRequest, call);
      return askFor(call, "recount", { swap });
    },
    "POST /office/elections/{election_id}/lots": async (call) => {
      const { region_id: regionId, order, witnesses, reason } = bodyOf(LotRequest, call);
      const { newest } = await drawLot(connection, electionIdOf(call), {
        order,
        witnesses,
        who: call.who,
        atMs: call.atMs,
        ...(regionId !== null && { regionId }),
        ...(reason !== undefined && { reason }),
      });
      return json(200, LotAnswer.parse({ newest }));
    },
    "POST /office/elections/{election_id}/shred": async (call) => {
      requireTyped(call);
      return askFor(call, "shred");
    },
    "POST /office/elections/{election_id}/delete": async (call) => askFor(call, "delete", requireTyped(call)),
  };
}
