import { fileName, resultsCsv, resultsJson, type Shown } from "#published/files.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { saveFile } from "#web/save-file.ts";

/** The figures on the page as files, or on paper. */
export function Download({ shown }: Readonly<{ shown: Shown }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  return (
    <section class="download">
      <h2>{t.download.title}</h2>
      <p class="actions">
        <button
          type="button"
          class="button"
          onClick={() => saveFile(fileName(shown, "csv"), "text/csv;charset=utf-8", resultsCsv([shown], language))}
        >
          {t.download.csv}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => saveFile(fileName(shown, "json"), "application/json", resultsJson(shown))}
        >
          {t.download.json}
        </button>
        <button type="button" class="button" onClick={() => print()}>
          {t.download.print}
        </button>
      </p>
    </section>
  );
}
