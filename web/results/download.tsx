import { useState } from "preact/hooks";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { TurnoutOverTime } from "#functions/results/contract.ts";
import { type Results, regionOf } from "#published/figures.ts";
import { askWhileBusy } from "#web/busy.ts";
import { loader } from "#web/load-part.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { EmbedThis } from "#web/results/embed-this.tsx";
import { saveFile } from "#web/save-file.ts";
import { api } from "#web/shell/answers.tsx";

/** Few readers ask for one. */
const loadFiles = loader("files", () => import("#published/files.ts"));

/** The figures on the page as files, or on paper. @param hasTurnout whether turnout over time, asked for only now, goes with them */
export function Download({
  election,
  results,
  hasTurnout,
}: Readonly<{ election: PublicElection; results: Results; hasTurnout: boolean }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const [isFailed, setFailed] = useState(false);
  /** Undefined where it is not shown to this reader. */
  const askTurnout = async (): Promise<TurnoutOverTime | undefined> => {
    if (!hasTurnout) return undefined;
    const answer = await askWhileBusy(() => api.turnout(language, election.election_id));
    if (answer.kind === "ok") return answer.body;
    if (answer.kind === "refused") return undefined;
    throw new Error("turnout could not be had");
  };
  const save = (extension: "csv" | "json"): Promise<void> =>
    Promise.all([loadFiles(), askTurnout()]).then(
      ([{ fileName, resultsCsv, resultsJson }, turnout]) => {
        setFailed(false);
        const shown = { election, results, turnout };
        const [type, text] =
          extension === "csv"
            ? ["text/csv;charset=utf-8", resultsCsv([shown], language)]
            : ["application/json", resultsJson(shown)];
        saveFile(fileName(shown, extension), type, text);
      },
      () => setFailed(true),
    );
  return (
    <section class="download">
      <h2 class="visually-hidden">{t.download.title}</h2>
      <p class="actions">
        <button type="button" class="button" onClick={() => save("csv")}>
          {t.download.csv}
        </button>
        <button type="button" class="button" onClick={() => save("json")}>
          {t.download.json}
        </button>
        <button type="button" class="button" onClick={() => print()}>
          {t.download.print}
        </button>
      </p>
      {isFailed && <p role="alert">{t.download.failed}</p>}
      <EmbedThis election={election} regionId={regionOf(results)} />
    </section>
  );
}
