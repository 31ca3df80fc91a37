import { useState } from "preact/hooks";
import { ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { OfficeElection } from "#functions/office/elections/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { formatCount } from "#web/format.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { CHECKS, type Check, readinessOf } from "#web/office/elections/checklist.ts";
import { METHODS } from "#web/office/elections/draft.ts";
import { OpeningPart } from "#web/office/elections/opening-part.tsx";
import { saveDefinition } from "#web/office/elections/save-definition.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writeOfficePath } from "#web/office/router.ts";
import { OfficeFailure, officePost, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";
import { JobProgress } from "#web/office/shell/job-progress.tsx";
import { Recorded } from "#web/office/shell/recorded.tsx";
import { Loading } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import "#web/styles/office-elections.css";

/** A registered election: what it is, what it needs before it opens, and what was done to it. */
export function ElectionPage({ me, electionId }: Readonly<{ me: Me; electionId: string }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { answer, retry } = useOfficeAnswer<OfficeElection>(`/office/elections/${encodeURIComponent(electionId)}`);
  if (answer === undefined) return <Loading />;
  const mayWrite = me.groups.includes("officer");
  if (answer.kind === "refused" && answer.problem.status === 404) {
    return (
      <>
        <Heading text={t.officeElections.title} />
        <p>{t.officeElections.about.unknown}</p>
        {mayWrite && (
          <a class="button" href={writeOfficePath(language, { room: "editor", electionId })}>
            {t.officeElections.about.goOn}
          </a>
        )}
      </>
    );
  }
  if (answer.kind !== "ok") return <OfficeFailure answer={answer} retry={retry} />;
  const election = answer.body;
  const method = METHODS.find((one) => one === election.voting_method);
  const isChangeable = election.state === "coming";
  // Whatever its hours, nobody ever could vote in it.
  const wasNeverHeld = election.opening_sha256 === null && election.voters === 0 && election.state !== "cancelled";
  const seesOpening = me.groups.some((group) => group !== "observer");
  return (
    <>
      <Heading text={inLanguage(election.title)} />
      <dl class="facts">
        <dt>{t.officeElections.head.name}</dt>
        <dd>
          {election.election_id}
          {election.is_test && `, ${t.officeElections.rehearsal}`}
        </dd>
        {method !== undefined && (
          <>
            <dt>{t.officeElections.about.kind}</dt>
            <dd>{t.officeElections.editor.methods[method]}</dd>
          </>
        )}
        <dt>{t.officeElections.about.opens}</dt>
        <dd>{formatInstant(language, election.opens_at, election.time_zone)}</dd>
        <dt>{t.officeElections.about.closes}</dt>
        <dd>{formatInstant(language, election.closes_at, election.time_zone)}</dd>
        <dt>{t.officeElections.about.voters}</dt>
        <dd>{formatCount(language, election.voters)}</dd>
      </dl>
      <div class="actions">
        {mayWrite && isChangeable && election.opening_sha256 === null && (
          <a class="button primary" href={writeOfficePath(language, { room: "editor", electionId })}>
            {election.draft === null ? t.officeElections.about.edit : t.officeElections.about.goOn}
          </a>
        )}
        <button type="button" class="button" onClick={() => saveDefinition(electionId, election.definition)}>
          {t.officeElections.about.download}
        </button>
        {mayWrite && (isChangeable || election.is_test || wasNeverHeld) && <Delete electionId={electionId} />}
      </div>
      {wasNeverHeld && election.state === "closed" && <p class="refusal">{t.officeElections.about.neverHeld}</p>}
      {isChangeable && <Checklist election={election} seesOpening={seesOpening} />}
      {isChangeable && seesOpening && (
        <OpeningPart me={me} electionId={electionId} isStated={election.opening_sha256 !== null} onStated={retry} />
      )}
      <section>
        <h2>{t.officeElections.about.history}</h2>
        <ul class="office-list">
          {election.changes.map(({ at, what, by }) => (
            <li key={`${at} ${what}`}>
              {t.officeActs[what] ?? <Recorded what={what} timeZone={election.time_zone} />}
              <span class="quiet">
                {[formatInstant(language, at, election.time_zone), by].filter((told) => told !== "").join(", ")}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Checklist({ election, seesOpening }: Readonly<{ election: OfficeElection; seesOpening: boolean }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const parsed = ElectionDefinition.safeParse(election.definition);
  if (!parsed.success) return null;
  const { roll, opening_sha256: opening, election_id: electionId } = election;
  const ready = readinessOf({ definition: parsed.data, roll, opening }, Date.now());
  const linkOf = (check: Check) => {
    if (check === "roll")
      return <a href={writeOfficePath(language, { room: "roll", electionId })}>{t.officeElections.ready.toRoll}</a>;
    return check === "opening" && seesOpening ? <a href="#opening">{t.officeElections.ready.toOpening}</a> : null;
  };
  return (
    <section>
      <h2>{t.officeElections.ready.title}</h2>
      <ul class="office-list checklist">
        {CHECKS.map((check) => (
          <li key={check} class={ready[check] ? "is-met" : "is-unmet"}>
            <span>{t.officeElections.ready[check]}</span>
            <span class="check-state">
              {ready[check] ? t.officeElections.ready.isDone : t.officeElections.ready.isMissing}{" "}
              {!ready[check] && linkOf(check)}
            </span>
          </li>
        ))}
      </ul>
      {CHECKS.every((check) => ready[check]) && <p>{t.officeElections.ready.allDone}</p>}
    </section>
  );
}

function Delete({ electionId }: Readonly<{ electionId: string }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const [isAsked, setAsked] = useState(false);
  const [jobId, setJobId] = useState<string>();
  const leave = (): void => go({ path: writeOfficePath(language, { room: "elections" }) });
  if (jobId !== undefined) {
    return (
      <JobProgress
        jobId={jobId}
        label={t.officeElections.about.removing}
        onEnd={({ state }) => state === "done" && leave()}
      />
    );
  }
  return (
    <>
      <button type="button" class="button plain" onClick={() => setAsked(true)}>
        {t.officeElections.about.remove}
      </button>
      {isAsked && (
        <ConfirmDialog<Readonly<{ job_id: string }>>
          title={t.officeElections.about.remove}
          act={t.officeElections.about.remove}
          word={electionId}
          asksReason
          isGrave
          send={(reason) =>
            officePost(`/office/elections/${encodeURIComponent(electionId)}/delete`, { typed: electionId, reason })
          }
          onDone={({ job_id: id }) => setJobId(id)}
          onClose={() => setAsked(false)}
        >
          <p>{t.officeElections.about.removeWhat}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
