import type { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { formatCount, formatPercentage } from "#web/format.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { leaderOf, type Option, optionsIn } from "#web/results/figures.ts";

/** A contest's figures: bars with numbers beside them, then everything in the box, and the turnout. */
export function Tally({ results }: Readonly<{ results: LawResults | ElectionResults }>) {
  const t = useMessages();
  const language = useLanguage();
  const options = optionsIn(results);
  const leader = leaderOf(results)?.id;
  const { total, blank, spoiled, turnout } = results;
  return (
    <>
      {options.length > 0 && (
        <>
          {total === 0 && <p class="quiet">{t.results.none}</p>}
          <ol class="tally">
            {options.map((option) => (
              <TallyRow
                key={option.id}
                option={option}
                mark={
                  option.id !== leader ? undefined : results.status === "closed" ? t.results.most : t.results.leading
                }
              />
            ))}
          </ol>
        </>
      )}
      <dl class="summary">
        <div>
          <dt>{t.results.turnout}</dt>
          <dd>
            {formatPercentage(language, turnout.percentage)}
            <span class="quiet">{t.results.turnoutOf(turnout.ballots, turnout.on_roll)}</span>
          </dd>
        </div>
        <Figure label={t.results.total} count={total} />
        <Figure label={t.results.blank} count={blank} />
        <Figure label={t.results.spoiled} count={spoiled} />
      </dl>
    </>
  );
}

function Figure({ label, count }: Readonly<{ label: string; count: number | null }>) {
  const language = useLanguage();
  if (count === null) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatCount(language, count)}</dd>
    </div>
  );
}

function TallyRow({ option, mark }: Readonly<{ option: Option; mark: string | undefined }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { id, name, party, colour, votes, percentage } = option;
  const answers: Readonly<Record<string, string>> = { oui: t.ballot.yes, non: t.ballot.no };
  const partyName = party === null ? t.ballot.independent : inLanguage(party);
  return (
    <li class={mark === undefined ? "tally-row" : "tally-row leading"}>
      <p class="tally-name">
        <span class="mark-name">{name ?? answers[id]}</span>
        {name !== undefined && <span class="mark-party">{partyName}</span>}
        {mark !== undefined && <span class="tally-mark">{mark}</span>}
      </p>
      <p class="tally-figures">
        <span>{formatPercentage(language, percentage)}</span>
        <span class="quiet">{t.results.votes(votes)}</span>
      </p>
      <div class="bar" aria-hidden="true">
        <div
          class={`bar-fill ${name === undefined ? id : ""}`}
          style={{ "--share": `${percentage}%`, ...(colour === null ? {} : { "--party": colour }) }}
        />
      </div>
    </li>
  );
}
