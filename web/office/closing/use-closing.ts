import { useEffect } from "preact/hooks";
import type { ClosingAnswer } from "#functions/office/closing/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import type { JobAnswer, JobsAnswer } from "#functions/office-work/contract.ts";
import type { RoomState } from "#web/office/closing/room-state.ts";
import { useOfficeAnswer } from "#web/office/shell/answers.tsx";

const STANDING_EVERY_MS = 5_000;
const JOBS_EVERY_MS = 1_500;

export const isUnderWay = ({ state }: JobAnswer): boolean => state === "queued" || state === "running";

/** What the room After closing knows of an election, its opening included, and what is being done there. */
export function useClosing(me: Me, electionId: string) {
  const path = `/office/elections/${encodeURIComponent(electionId)}/closing`;
  const standing = useOfficeAnswer<ClosingAnswer>(path, STANDING_EVERY_MS);
  const jobs = useOfficeAnswer<JobsAnswer>(`/office/jobs?election_id=${encodeURIComponent(electionId)}`, JOBS_EVERY_MS);
  const { answer } = standing;
  const known = jobs.answer?.kind === "ok" ? jobs.answer.body.jobs : [];
  const isBusy = known.some(isUnderWay);
  // What a job did is shown as soon as it has ended.
  useEffect(() => {
    if (!isBusy && known.length > 0) standing.retry();
  }, [isBusy, known[0]?.job_id]);
  const refresh = (): void => {
    standing.retry();
    jobs.retry();
  };
  const state: RoomState | undefined =
    answer?.kind === "ok"
      ? {
          standing: answer.body,
          isOfficer: me.groups.includes("officer"),
          mayReadBox: me.groups.some((group) => group === "officer" || group === "auditor"),
          isBusy,
          refresh,
        }
      : undefined;
  return { standing, jobs, known, state };
}
