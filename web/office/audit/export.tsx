import { useState } from "preact/hooks";
import { formatCount } from "#web/format.ts";
import { loader } from "#web/load-part.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { type Filter, readWhole } from "#web/office/audit/read-audit.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { saveFile } from "#web/save-file.ts";

const loadFiles = loader("audit-file", () => import("#published/audit-file.ts"));

/** All that fits the filter as a file, made in the browser: the same that `scrutin audit acts` writes. */
export function Export({ filter }: Readonly<{ filter: Filter }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const [state, setState] = useState<Readonly<{ done: number; total: number }> | "failed">();
  const save = async (form: "csv" | "ndjson"): Promise<void> => {
    try {
      const [files, records] = await Promise.all([
        loadFiles(),
        readWhole(filter, (done, total) => setState({ done, total })),
      ]);
      if (records === undefined) {
        setState("failed");
        return;
      }
      setState(undefined);
      const day = new Date().toISOString().slice(0, 10);
      if (form === "csv") saveFile(`audit-${day}.csv`, "text/csv;charset=utf-8", files.auditCsv(records));
      else saveFile(`audit-${day}.ndjson`, "application/x-ndjson", files.auditNdjson(records));
    } catch {
      setState("failed");
    }
  };
  const isBusy = typeof state === "object";
  return (
    <>
      <p class="actions">
        {(["csv", "ndjson"] as const).map((form) => (
          <button
            key={form}
            type="button"
            class="button"
            aria-disabled={isBusy}
            onClick={() => {
              if (!isBusy) void save(form);
            }}
          >
            {t.officeAudit[form]}
          </button>
        ))}
      </p>
      <p role="status">
        {isBusy && t.officeAudit.exporting(formatCount(language, state.done), formatCount(language, state.total))}
      </p>
      {state === "failed" && <p role="alert">{t.officeAudit.exportFailed}</p>}
    </>
  );
}
