import { useEffect, useRef, useState } from "preact/hooks";
import { changesBetween, type Option, type Results, shareOf } from "#published/figures.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { formatShare } from "#web/share.ts";
import { usePaused } from "#web/shell/pause.tsx";

/** With more, only who leads and turnout: nobody listens to a whole country. */
const MOST_NAMED = 12;

/** A screen reader must not be interrupted all the time. */
const TELL_EVERY_MS = 15_000;

function useOptionName(): (option: Pick<Option, "id" | "name">) => string {
  const t = useResultsMessages();
  return ({ id, name }) => name ?? (id === "oui" ? t.ballot.yes : t.ballot.no);
}

/** Announces only what changed, nothing while the page is paused. Needs a key for each contest. */
export function Announcer({ results }: Readonly<{ results: Results }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const nameOf = useOptionName();
  const [said, setSaid] = useState("");

  const news = (before: Results): string => {
    const { options, leader, turnout } = changesBetween(before, results);
    return [
      ...(leader === undefined ? [] : [t.results.announced.leads(nameOf(leader))]),
      ...(options.length > MOST_NAMED ? [] : options).map((option) =>
        t.results.announced.votes(nameOf(option), option.votes, formatShare(language, shareOf(option))),
      ),
      ...(turnout === undefined ? [] : [t.results.announced.turnout(formatShare(language, turnout))]),
    ].join(" ");
  };

  const isPaused = usePaused();
  const latest = useRef({ results, news, isPaused });
  latest.current = { results, news, isPaused };
  const told = useRef(results);
  useEffect(() => {
    const timer = setInterval(() => {
      if (latest.current.isPaused) return;
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
