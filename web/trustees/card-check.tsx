import { useTrusteesWords } from "#web/trustees/words.ts";

/** Beside a look-up: what a tracking code proves where ballots are mixed, and what the card proves. */
export function CardCheck({ electionId }: Readonly<{ electionId: string }>) {
  const { check } = useTrusteesWords();
  return (
    <section class="six-words">
      <h2>{check.title}</h2>
      <p>{check.proves}</p>
      <p>{check.tested}</p>
      <p>{check.card}</p>
      <p>
        <code class="command">{check.command(electionId)}</code>
      </p>
      <p class="quiet">{check.asks}</p>
    </section>
  );
}
