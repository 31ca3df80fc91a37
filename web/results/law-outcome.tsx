import type { LawResults } from "#functions/results/contract.ts";
import { formatPercentage } from "#web/format.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";

/** What a law's votes lead to, in words, and the majority and quorum it needs. */
export function LawOutcome({
  outcome: { kind, quorum, required_majority },
}: Readonly<{ outcome: LawResults["outcome"] }>) {
  const t = useMessages();
  const language = useLanguage();
  const majority = formatPercentage(language, required_majority.percentage);
  return (
    <section class="outcome">
      <p class={kind === "undecided" ? "quiet" : "verdict"}>{t.results.outcome[kind]}</p>
      <p class="quiet">
        {t.results.majority[required_majority.kind](majority)}
        {quorum !== null && ` ${t.results.quorum(formatPercentage(language, quorum))}`}
      </p>
    </section>
  );
}
