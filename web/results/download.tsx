import { useState } from "preact/hooks";
import { regionOf } from "#published/figures.ts";
import type { Shown } from "#published/files.ts";
import { loader } from "#web/load-part.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { EmbedThis } from "#web/results/embed-this.tsx";
import { saveFile } from "#web/save-file.ts";

/** Few readers ask for one. */
const loadFiles = loader("files", () => import("#published/files.ts"));

/** The figures on the page as files, or on paper. */
export function Download({ shown }: Readonly<{ shown: Shown }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const [isFailed, setFailed] = useState(false);
  const save = (extension: "csv" | "json"): Promise<void> =>
    loadFiles().then(
      ({ fileName, resultsCsv, resultsJson }) => {
        setFailed(false);
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
      <EmbedThis election={shown.election} regionId={regionOf(shown.results)} />
    </section>
  );
}
