import type { Language } from "#core/language.ts";
import type { JobAnswer } from "#functions/office-work/contract.ts";
import { type Job, jobAt } from "#storage/office-jobs.ts";

/** A job as the console sees it at a time. */
export function jobAnswer(stored: Job, language: Language, atMs: number): JobAnswer {
  const { jobId, electionId, kind, who, askedAt, state, step, done, total, endedAt, sentence, result } = jobAt(
    stored,
    atMs,
  );
  return {
    job_id: jobId,
    election_id: electionId,
    kind,
    who,
    asked_at: askedAt,
    state,
    ...(step !== undefined && { step }),
    ...(done !== undefined && { done }),
    ...(total !== undefined && { total }),
    ...(endedAt !== undefined && { ended_at: endedAt }),
    ...(sentence !== undefined && { detail: sentence[language] }),
    ...(result !== undefined && { result }),
  };
}
