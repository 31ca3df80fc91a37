import type { ElectionsList } from "#functions/office/elections/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { RunningJobs } from "#web/office/overview/running-jobs.tsx";
import { ToDo } from "#web/office/overview/to-do.tsx";
import { Proposals } from "#web/office/proposals/proposals.tsx";
import { OfficeFailure, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";

const EVERY_MS = 60_000;
const SEE_JOBS = ["officer", "registrar", "auditor"];

/** What needs doing: what waits for a second person, what is under way, and each election by its state. */
export function OverviewPage({ me }: Readonly<{ me: Me }>) {
  const t = useOfficeMessages();
  const { answer, retry } = useOfficeAnswer<ElectionsList>("/office/elections", EVERY_MS);
  const elections = answer?.kind === "ok" ? answer.body.elections : [];
  const zones = new Map(elections.map(({ election_id: id, time_zone: zone }) => [id, zone]));
  return (
    <>
      <Heading text={t.overview.title} />
      <Proposals me={me} zones={zones} />
      {answer === undefined && (
        <p role="status" class="loading">
          {t.site.loading}
        </p>
      )}
      {answer !== undefined && answer.kind !== "ok" && (
        <OfficeFailure answer={answer} retry={retry} hasHeading={false} />
      )}
      {answer?.kind === "ok" && (
        <>
          {me.groups.some((group) => SEE_JOBS.includes(group)) && <RunningJobs elections={answer.body.elections} />}
          <ToDo me={me} list={answer.body} />
        </>
      )}
    </>
  );
}
