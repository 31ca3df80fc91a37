import { useEffect, useRef, useState } from "preact/hooks";
import type { ElectionResults, RoundResult } from "#functions/results/contract.ts";
import { useRoundsMessages } from "#web/messages/catalogue.ts";
import { FlowPicture } from "#web/results/flow-picture.tsx";
import type { RoundWords } from "#web/results/round-words.ts";

type Props = Readonly<{ rounds: readonly RoundResult[]; results: ElectionResults; words: RoundWords }>;

/** The picture, and beside it what happens in one round after the other. */
export function RoundSteps({ rounds, results, words }: Props) {
  const t = useRoundsMessages();
  const [chosen, setChosen] = useState(1);
  // Only what the reader asks for is announced: while votes come in, the words change all the time.
  const [said, setSaid] = useState("");
  const figure = useRef<HTMLElement>(null);
  const shown = Math.min(chosen, rounds.length);
  const round = rounds[shown - 1];
  useEffect(() => {
    if (said !== "") figure.current?.querySelector(".shown")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  if (round === undefined) return null;

  const step = (by: number): void => {
    const next = rounds[shown - 1 + by];
    if (next === undefined) return;
    setChosen(next.round);
    setSaid(words.stepOf(next));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    step(event.key === "ArrowLeft" ? -1 : 1);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys work where the focus is
    <figure ref={figure} class="flow stepped" aria-label={t.rounds.steps} tabIndex={0} onKeyDown={onKeyDown}>
      <div class="flow-steps">
        <div class="flow-buttons">
          <Step label={t.rounds.previous} isLast={shown === 1} onStep={() => step(-1)} />
          <Step label={t.rounds.next} isLast={shown === rounds.length} onStep={() => step(1)} />
        </div>
        <p class="flow-step">{words.stepOf(round)}</p>
        <p class="visually-hidden" role="status">
          {said}
        </p>
        <p class="flow-keys quiet">{t.rounds.keys}</p>
      </div>
      <FlowPicture rounds={rounds} results={results} words={words} shown={shown} />
      <figcaption class="quiet">{words.isTransferable ? t.rounds.keySurplus : t.rounds.key}</figcaption>
    </figure>
  );
}

/** At the end it keeps the focus, which a disabled button would lose. */
function Step({ label, isLast, onStep }: Readonly<{ label: string; isLast: boolean; onStep: () => void }>) {
  return (
    <button type="button" class="button" aria-disabled={isLast} onClick={onStep}>
      {label}
    </button>
  );
}
