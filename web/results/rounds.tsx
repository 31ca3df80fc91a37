import type { ElectionResults } from "#functions/results/contract.ts";
import { useRoundsMessages } from "#web/messages/catalogue.ts";
import { FlowPicture } from "#web/results/flow-picture.tsx";
import { RoundSteps } from "#web/results/round-steps.tsx";
import { RoundTables } from "#web/results/round-tables.tsx";
import { useRoundWords } from "#web/results/round-words.ts";
import "#web/styles/flow.css";
import "#web/styles/rounds.css";
import "#web/styles/flow-outlines.css";

/** The rounds of a ranked count: a picture to step through, and each round as a table and a sentence. */
export function Rounds({ results }: Readonly<{ results: ElectionResults }>) {
  const t = useRoundsMessages();
  const words = useRoundWords(results);
  const { rounds, outcome } = results;
  if (rounds === undefined || outcome === undefined || outcome.kind === "no-ballots") return null;
  const own = { rounds, results, words };
  return (
    <section class="rounds">
      <h2>{t.rounds.title}</h2>
      {rounds.length > 1 ? (
        <RoundSteps {...own} />
      ) : (
        <>
          <p>{t.rounds.one}</p>
          <figure class="flow">
            <FlowPicture {...own} shown={undefined} />
            <figcaption class="quiet">{words.isTransferable ? t.rounds.keyQuota : t.rounds.keyOne}</figcaption>
          </figure>
        </>
      )}
      <RoundTables {...own} />
    </section>
  );
}
