import { useEffect, useState } from "preact/hooks";
import type { ListedElection } from "#functions/office/elections/contract.ts";
import type { JobAnswer, JobsAnswer } from "#functions/office-work/contract.ts";
import { useBilingual } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { officeGet } from "#web/office/shell/answers.tsx";
import { JobProgress } from "#web/office/shell/job-progress.tsx";

const isUnderWay = ({ state }: JobAnswer): boolean => state === "queued" || state === "running";

/** Jobs that are under way: of elections that are not over, which alone have any. */
export function RunningJobs({ elections }: Readonly<{ elections: readonly ListedElection[] }>) {
  const t = useOfficeMessages();
  const inLanguage = useBilingual();
  const [jobs, setJobs] = useState<readonly JobAnswer[]>([]);
  const asked = elections.filter(({ state }) => state !== "cancelled").map(({ election_id: id }) => id);
  const about = asked.join(" ");
  useEffect(() => {
    const leaving = new AbortController();
    const look = async (electionId: string): Promise<readonly JobAnswer[]> => {
      const path = `/office/jobs?election_id=${encodeURIComponent(electionId)}`;
      const answer = await officeGet<JobsAnswer>(path, leaving.signal);
      return answer.kind === "ok" ? answer.body.jobs.filter(isUnderWay) : [];
    };
    void Promise.all(asked.map(look)).then((found) => {
      if (!leaving.signal.aborted) setJobs(found.flat());
    });
    return () => leaving.abort();
  }, [about]);
  if (jobs.length === 0) return null;
  const titleOf = (electionId: string): string => {
    const election = elections.find((one) => one.election_id === electionId);
    return election === undefined ? electionId : inLanguage(election.title);
  };
  return (
    <section>
      <h2>{t.overview.jobs}</h2>
      {jobs.map(({ job_id: jobId, kind, election_id: electionId }) => (
        <JobProgress key={jobId} jobId={jobId} label={t.home.about(t.officeClosing.kind[kind], titleOf(electionId))} />
      ))}
    </section>
  );
}
