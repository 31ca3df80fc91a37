import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { isSharedByAllRegions, type RaceDefinition, rollRegionId } from "#core/contest.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { isLaw, isOneCount, type Results, regionOf } from "#published/figures.ts";
import type { Answer } from "#web/api.ts";
import { preload } from "#web/load-part.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Announcer } from "#web/results/announcer.tsx";
import { Conditions } from "#web/results/conditions.tsx";
import { Download } from "#web/results/download.tsx";
import { CountedAt, Freshness } from "#web/results/freshness.tsx";
import { useRefreshed } from "#web/results/refreshed.ts";
import { RegionPicker } from "#web/results/region-picker.tsx";
import { Summary } from "#web/results/summary.tsx";
import { tellLaw } from "#web/results/tell-law.ts";
import { inState, isStillCounting } from "#web/results/tell-state.ts";
import type { Told } from "#web/results/told.ts";
import { Verdict } from "#web/results/verdict.tsx";
import { writePath } from "#web/router.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { Corrections } from "#web/shell/corrections.tsx";
import { AboutVote, Heading } from "#web/shell/heading.tsx";
import { lazily } from "#web/shell/lazy-page.tsx";
import { askElection, seenElection } from "#web/shell/seen-elections.ts";
import { WhenSeen } from "#web/shell/when-seen.tsx";
import "#web/styles/ballot.css";
import "#web/styles/tally.css";
import "#web/styles/results.css";
import "#web/styles/home.css";

/** Loaded with the results that have them. */
const Seats = lazily("seats", async () => (await import("#web/results/seats.tsx")).Seats);
const Contest = lazily("contest", async () => (await import("#web/results/contest.tsx")).Contest);
const TurnoutOverTime = lazily(
  "turnout-over-time",
  async () => (await import("#web/results/turnout-over-time.tsx")).TurnoutOverTime,
);
const Rounds = lazily("rounds", async () => (await import("#web/results/rounds.tsx")).Rounds);

export function ResultsPage({ electionId, regionId }: Readonly<{ electionId: string; regionId?: string }>) {
  const language = useLanguage();
  const { answer, retry } = useAnswer(electionId, () => askElection(language, electionId), seenElection(electionId));
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  const { definition } = answer.body;
  // Without an opening statement nobody could vote.
  if (definition.cancelled !== undefined || (answer.body.status === "closed" && answer.body.opening_sha256 === null))
    return <NoResults election={answer.body} />;
  return <LiveResults election={answer.body} linkedRegionId={regionId} />;
}

/** Few results pages say why there is no result, and nothing else. */
const NoResults = lazily("no-results", async () => (await import("#web/results/no-results.tsx")).NoResults);

/** Few elections are certified, and then only once voting is over. */
const Certified = lazily("certified", async () => (await import("#web/results/certified.tsx")).Certified);

function LiveResults({
  election,
  linkedRegionId,
}: Readonly<{ election: PublicElection; linkedRegionId: string | undefined }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { definition, election_id: electionId } = election;
  const isLaw = definition.votingMethod === "referendum";
  // The sum of one region is that region.
  const [only, second] = definition.regions;
  const asked = linkedRegionId ?? (second === undefined ? only?.regionId : undefined);
  const regionId = isLaw ? undefined : rollRegionId(definition, asked ?? "");

  const region = second && definition.regions.find((one) => one.regionId === regionId);

  const { answer, isStale, isCurrent } = useRefreshed<Results>(`${electionId} ${regionId ?? ""}`, (signal) =>
    isLaw ? api.lawResults(language, electionId, signal) : api.electionResults(language, electionId, regionId, signal),
  );

  // What shows the figures loads with them.
  useEffect(() => {
    if (definition.votingMethod === "referendum") return;
    preload(regionId === undefined && !isSharedByAllRegions(definition) ? "seats" : "contest");
  }, [definition, regionId]);

  // Hundreds of regions to choose from, the same at every refresh.
  const picker = useMemo(() => <RegionPicker election={election} regionId={regionId} />, [election, regionId]);
  return (
    <>
      <AboutVote value={region === undefined ? "" : inLanguage(region.name)}>
        <Heading text={t.results.title(inLanguage(election.title))} />
      </AboutVote>
      {isLaw && <p class="question">{inLanguage(definition.question)}</p>}
      {picker}
      {answer === undefined && <Loading />}
      {answer !== undefined && answer.kind !== "ok" && <NoFigures answer={answer} />}
      {answer?.kind === "ok" && (
        <div class="figures" aria-busy={!isCurrent}>
          <Figures election={election} results={answer.body} isStale={isStale} />
          <Announcer key={regionOf(answer.body)} results={answer.body} />
        </div>
      )}
      {answer?.kind === "ok" && answer.body.status === "open" && !isStillCounting(election, answer.body) && (
        <p class="actions">
          <a
            class="button"
            href={writePath(
              language,
              regionId === undefined || definition.regions.length === 0
                ? { page: "vote", electionId }
                : { page: "vote", electionId, regionId },
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
  const t = useResultsMessages();
  return <p role="status">{answer.kind === "refused" ? answer.problem.detail : t.failure.unreachable}</p>;
}

type Shown = Readonly<{
  election: PublicElection;
  results: Results;
  isStale: boolean;
}>;

type Race = Readonly<{ definition: RaceDefinition; results: ElectionResults }>;

/** The results of a race that may be shown. */
function raceIn({ definition }: PublicElection, results: Results): Race | undefined {
  return isLaw(results) || definition.votingMethod === "referendum" || results.withheld !== null
    ? undefined
    : { definition, results };
}

/** Of a law, or why nothing is told yet. */
function PlainVerdict({ election, results }: Readonly<{ election: PublicElection; results: Results }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  if (results.opening) return <NoResults election={election} results={results} />;
  const reader = { t, language };
  const { definition } = election;
  const tell = (): Told => {
    if (isLaw(results) && definition.votingMethod === "referendum") return tellLaw(reader, definition, results);
    throw new RangeError("results of another election");
  };
  return <Verdict told={inState(reader, election, results, tell)} hasBars />;
}

function Figures({ election, results, isStale }: Shown) {
  const t = useResultsMessages();
  const inLanguage = useBilingual();
  const { definition } = election;
  const regionId = regionOf(results);
  const region = definition.regions.find((one) => one.regionId === regionId);
  // Turnout over time exists for all regions together only.
  const isWhole = regionId === undefined || definition.regions.length < 2;
  // Sorted again when the reader asks, or the contest or its phase changes.
  const [timesSorted, setTimesSorted] = useState(0);
  const sorting = [regionId, results.status, results.withheld, timesSorted].join(" ");
  const hasTurnout = isWhole && results.status !== "upcoming";
  const race = raceIn(election, results);
  const hasSeats = race?.results.seats !== undefined && definition.regions.length > 1;
  const contestWith = (shown: Race, children: ComponentChildren) => (
    <Contest {...shown} election={election} sorting={sorting} onSort={() => setTimesSorted((times) => times + 1)}>
      {children}
    </Contest>
  );
  const conditions = (
    <>
      <div class="conditions quiet">
        <Conditions election={election} results={results} />
        <Freshness election={election} results={results} isStale={isStale} />
      </div>
      <Corrections definition={definition} regionId={isWhole ? undefined : regionId} />
    </>
  );
  return (
    <>
      {definition.regions.length > 1 && (
        <h2 class="region-name">{region === undefined ? t.results.allRegions : inLanguage(region.name)}</h2>
      )}
      {race === undefined && <PlainVerdict election={election} results={results} />}
      {race === undefined && conditions}
      {race !== undefined && isOneCount(race.results) && contestWith(race, conditions)}
      {race !== undefined && hasSeats && (
        <Seats election={election} results={race.results} sorting={sorting} hasVerdict={!isOneCount(race.results)}>
          {!isOneCount(race.results) && conditions}
        </Seats>
      )}
      {race !== undefined &&
        !isOneCount(race.results) &&
        isSharedByAllRegions(race.definition) &&
        contestWith(race, undefined)}
      <Summary results={results} />
      {"election_id" in results && results.rounds !== undefined && <Rounds results={results} />}
      {hasTurnout && (
        <WhenSeen>
          <TurnoutOverTime election={election} />
        </WhenSeen>
      )}
      <CountedAt election={election} results={results} />
      {results.certified && <Certified {...results.certified} />}
      <Download election={election} results={results} hasTurnout={hasTurnout} />
    </>
  );
}
