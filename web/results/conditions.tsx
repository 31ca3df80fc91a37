import { formatInstant } from "#core/instant-words.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { Results } from "#published/figures.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { isStillCounting } from "#web/results/tell-state.ts";

type Props = Readonly<{ election: PublicElection; results: Results }>;

/** What has to be known to read the figures shown: whether they still grow, who sees them, what is left out. */
export function Conditions({ election, results }: Props) {
  const t = useResultsMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { definition } = election;
  if (results.withheld !== null) return null;
  // What is being opened is withheld.
  const status = results.status as Exclude<Results["status"], "being_opened">;
  const leftOut = "regions_withheld" in results ? results.regions_withheld : [];
  const names = definition.regions
    .filter(({ regionId }) => leftOut.includes(regionId))
    .map(({ name }) => inLanguage(name));
  const { certified } = results;
  const ended = formatInstant(language, certified?.certified_at ?? election.closes_at, definition.timeZone);
  const isSumOfRounds =
    "voting_method" in results &&
    ["ranked_choice", "stv"].includes(results.voting_method) &&
    results.rounds === undefined;
  return (
    <>
      {status !== "upcoming" && !isStillCounting(election, results) && (
        <p>{t.results.status[certified ? "certified" : status](ended)}</p>
      )}
      {results.status === "open" && definition.results === "after_vote" && <p>{t.results.forVoters}</p>}
      {results.status === "open" && definition.minimumBallots > 1 && (
        <p>{t.results.inSteps(definition.minimumBallots)}</p>
      )}
      {names.length > 0 && <p>{t.results.regionsWithheld(new Intl.ListFormat(language).format(names))}</p>}
      {"voting_method" in results && results.voting_method === "choose" && <p>{t.results.severalMarks}</p>}
      {isSumOfRounds && <p>{t.results.firstChoices}</p>}
    </>
  );
}
