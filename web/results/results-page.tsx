import { useRef } from "preact/hooks";
import { rollRegionId } from "#core/contest.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import type { Answer } from "#web/api.ts";
import { formatClock, formatInstant } from "#web/format.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { fingerprintOf } from "#web/results/figures.ts";
import { LawOutcome } from "#web/results/law-outcome.tsx";
import { useRefreshed } from "#web/results/refreshed.ts";
import { Rounds } from "#web/results/rounds.tsx";
import { Seats } from "#web/results/seats.tsx";
import { Tally } from "#web/results/tally.tsx";
import { writePath } from "#web/router.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";

type Props = Readonly<{ electionId: string; regionId?: string }>;

/** The live count of a law or an election. */
export function ResultsPage({ electionId, regionId }: Props) {
  const language = useLanguage();
  const { answer, retry } = useAnswer(electionId, () => api.election(language, electionId));
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  return <Results election={answer.body} linkedRegionId={regionId} />;
}

function Results({
  election,
  linkedRegionId,
}: Readonly<{ election: PublicElection; linkedRegionId: string | undefined }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { definition, election_id: electionId } = election;
  const isLaw = definition.votingMethod === "referendum";
  const regionId = isLaw ? undefined : rollRegionId(definition, linkedRegionId ?? "");

  const { answer, isStale } = useRefreshed<LawResults | ElectionResults>(`${electionId} ${regionId ?? ""}`, (signal) =>
    isLaw ? api.lawResults(language, electionId, signal) : api.electionResults(language, electionId, regionId, signal),
  );
  const title = inLanguage(election.title);

  return (
    <>
      <Heading text={t.results.title(title)} />
      {isLaw && <p class="question">{inLanguage(definition.question)}</p>}
      {!isLaw && <RegionPicker election={election} regionId={regionId} />}
      {answer === undefined && <Loading />}
      {answer !== undefined && answer.kind !== "ok" && <NoFigures answer={answer} />}
      {answer?.kind === "ok" && (
        <>
          <Shown election={election} results={answer.body} />
          <Freshness key={regionId} results={answer.body} isStale={isStale} />
        </>
      )}
      {election.status === "open" && (
        <p class="actions">
          <a
            class="button"
            href={writePath(
              language,
              regionId === undefined ? { page: "vote", electionId } : { page: "vote", electionId, regionId },
            )}
          >
            {t.results.vote}
          </a>
        </p>
      )}
    </>
  );
}

function NoFigures({ answer }: Readonly<{ answer: Exclude<Answer<unknown>, { kind: "ok" }> }>) {
  const t = useMessages();
  return <p role="status">{answer.kind === "refused" ? answer.problem.detail : t.failure.unreachable}</p>;
}

function RegionPicker({ election, regionId }: Readonly<{ election: PublicElection; regionId: string | undefined }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const electionId = election.election_id;
  const show = (chosen: string): void => {
    const route = { page: "results", electionId } as const;
    go({ path: writePath(language, chosen === "" ? route : { ...route, regionId: chosen }) }, "replace");
  };
  return (
    <div class="field">
      <label for="region">{t.results.region}</label>
      <select id="region" value={regionId ?? ""} onChange={(event) => show(event.currentTarget.value)}>
        <option value="">{t.results.allRegions}</option>
        {election.definition.regions.map((region) => (
          <option key={region.regionId} value={region.regionId}>
            {inLanguage(region.name)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Shown({ election, results }: Readonly<{ election: PublicElection; results: LawResults | ElectionResults }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { definition } = election;
  if (results.withheld !== null) {
    const opens = formatInstant(language, election.opens_at);
    const closes = formatInstant(language, election.closes_at);
    return (
      <>
        <section class="withheld">
          <h2>{t.results.withheldTitle}</h2>
          <p>{t.results.withheld[results.withheld](opens, closes, definition.minimumBallots)}</p>
        </section>
        <Tally results={results} />
      </>
    );
  }
  const leftOut = "regions_withheld" in results ? results.regions_withheld : [];
  const names = definition.regions
    .filter(({ regionId }) => leftOut.includes(regionId))
    .map(({ name }) => inLanguage(name));
  return (
    <>
      {"voting_method" in results && results.voting_method === "ranked_choice" && (
        <p class="quiet">{results.rounds === undefined ? t.results.firstChoices : t.results.firstChoicesAndRounds}</p>
      )}
      {names.length > 0 && (
        <p class="quiet">{t.results.regionsWithheld(new Intl.ListFormat(language).format(names))}</p>
      )}
      {"law_id" in results && <LawOutcome outcome={results.outcome} />}
      <Tally results={results} />
      {"election_id" in results && (
        <>
          <Seats election={election} results={results} />
          <Rounds results={results} />
        </>
      )}
    </>
  );
}

/** When the figures were counted, and when they last changed while this page was open. */
function Freshness({ results, isStale }: Readonly<{ results: LawResults | ElectionResults; isStale: boolean }>) {
  const t = useMessages();
  const language = useLanguage();
  const fingerprint = fingerprintOf(results);
  const last = useRef<{ fingerprint: string; changedAt: string | undefined }>({ fingerprint, changedAt: undefined });
  if (last.current.fingerprint !== fingerprint) last.current = { fingerprint, changedAt: results.updated_at };
  const { changedAt } = last.current;
  return (
    <div class="freshness quiet">
      <p>{t.results.counted(formatClock(language, results.updated_at))}</p>
      {changedAt !== undefined && <p>{t.results.changed(formatClock(language, changedAt))}</p>}
      <p>{t.results.byItself}</p>
      <p role="status">{isStale && t.results.stale}</p>
    </div>
  );
}
