import { useResultsMessages } from "#web/messages/catalogue.ts";
import { Bar, BarRow, Mark, Tick } from "#web/results/bar.tsx";
import type { Told, ToldBar } from "#web/results/told.ts";

type Props = Readonly<{
  told: Told;
  /** Whether nothing else on the page has the same bars. */
  hasBars: boolean;
}>;

/** The first of a results page: who won or leads, by how much and of how many, or why nothing is told yet. */
export function Verdict({ told: { headline, details, bars, isWithheld, isFinal, isWon }, hasBars }: Props) {
  const t = useResultsMessages();
  const said = details.length > 0 && (
    <div class="told-details">
      {details.map((detail, index) => (
        <p key={index}>{detail}</p>
      ))}
    </div>
  );
  if (isWithheld) {
    return (
      <section class="withheld">
        <h2>{t.results.withheldTitle}</h2>
        <p>{headline}</p>
        {said}
      </section>
    );
  }
  return (
    <section class="told">
      <p class={isFinal ? "verdict" : "verdict live"}>
        {isWon && <Tick />}
        {headline}
      </p>
      {hasBars && bars.length > 0 && <Bars bars={bars} />}
      {said}
    </section>
  );
}

/** Beside a candidate a word stands on the bar; an answer to a law leaves its bar to the line. */
function Bars({ bars }: Readonly<{ bars: readonly ToldBar[] }>) {
  return (
    <ol class="tally">
      {bars.map(({ id, name, detail, colour, share, count, percentage, mark, needed }, index) => (
        <BarRow
          key={id}
          name={name}
          {...(detail !== undefined && { detail })}
          {...(detail === undefined && mark !== undefined && { detail: <Mark word={mark} /> })}
          share={share}
          count={count}
        >
          <Bar
            colour={colour}
            percentage={percentage}
            needed={needed?.percentage}
            {...(detail !== undefined && mark !== undefined && { mark: <Mark word={mark} /> })}
          />
          {needed !== undefined && needed.label !== bars[index + 1]?.needed?.label && (
            <p class="bar-label" style={{ "--percent": String(needed.percentage) }}>
              <span>{needed.label}</span>
            </p>
          )}
        </BarRow>
      ))}
    </ol>
  );
}
