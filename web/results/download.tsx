import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { fileName, resultsCsv, resultsJson, type Shown } from "#web/results/files.ts";

/** Long enough for the browser to start saving. */
const SAVED_AFTER_MS = 60_000;

/** Made in the browser. */
function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_AFTER_MS);
}

/** The figures on the page as files, or on paper. */
export function Download({ shown }: Readonly<{ shown: Shown }>) {
  const t = useMessages();
  const language = useLanguage();
  return (
    <section class="download">
      <h2>{t.download.title}</h2>
      <p class="actions">
        <button
          type="button"
          class="button"
          onClick={() => save(fileName(shown, "csv"), "text/csv;charset=utf-8", resultsCsv(shown, language))}
        >
          {t.download.csv}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => save(fileName(shown, "json"), "application/json", resultsJson(shown))}
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
