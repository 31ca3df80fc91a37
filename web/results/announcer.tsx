import { useEffect, useRef, useState } from "preact/hooks";
import { changesBetween, type Results } from "#published/figures.ts";
import { formatPercentage } from "#web/format.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { useOptionName } from "#web/results/tally.tsx";

/** A screen reader must not be interrupted all the time. */
const TELL_EVERY_MS = 15_000;

/** Announces only what changed. Needs a key for each contest. */
export function Announcer({ results }: Readonly<{ results: Results }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const nameOf = useOptionName();
  const [said, setSaid] = useState("");

  const news = (before: Results): string => {
    const { options, leader, turnout } = changesBetween(before, results);
    return [
      ...(leader === undefined ? [] : [t.results.announced.leads(nameOf(leader))]),
      ...options.map((option) =>
        t.results.announced.votes(nameOf(option), option.votes, formatPercentage(language, option.percentage)),
      ),
      ...(turnout === undefined ? [] : [t.results.announced.turnout(formatPercentage(language, turnout))]),
    ].join(" ");
  };

  const latest = useRef({ results, news });
  latest.current = { results, news };
  const told = useRef(results);
  useEffect(() => {
    const timer = setInterval(() => {
      const text = latest.current.news(told.current);
      told.current = latest.current.results;
      if (text !== "") setSaid(text);
    }, TELL_EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
}
