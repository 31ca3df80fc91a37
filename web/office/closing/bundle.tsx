import { downloadZip } from "client-zip";
import { useState } from "preact/hooks";
import { formatBytes } from "#web/format-bytes.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { pieces } from "#web/office/closing/pieces.ts";
import type { RoomState } from "#web/office/closing/room-state.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { officeGet } from "#web/office/shell/answers.tsx";
import { ProgressBar } from "#web/office/shell/progress-bar.tsx";
import { Table } from "#web/office/shell/table.tsx";
import { saveBlob } from "#web/save-file.ts";

/** The certified files, downloaded whole: made into one here, from pieces that fit an answer. */
export function BundleFiles({ standing, mayReadBox }: RoomState) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const [done, setDone] = useState<number>();
  const [isFailed, setFailed] = useState(false);
  const { bundle, election_id: electionId } = standing;
  if (bundle === null) return null;
  const total = bundle.files.reduce((sum, { bytes }) => sum + bytes, 0);

  const download = async (): Promise<void> => {
    setFailed(false);
    setDone(0);
    let had = 0;
    const count = (bytes: number): void => {
      had += bytes;
      setDone(had);
    };
    try {
      const lastModified = new Date(bundle.certified_at);
      const files = bundle.files.map(({ name, bytes }) => ({
        name: `certified-${electionId}/${name}`,
        lastModified,
        size: bytes,
        input: pieces(officeGet, electionId, name, count),
      }));
      saveBlob(`certified-${electionId}.zip`, await downloadZip(files).blob());
    } catch {
      setFailed(true);
    } finally {
      setDone(undefined);
    }
  };
  return (
    <section aria-labelledby="bundle">
      <h2 id="bundle">{t.officeClosing.bundle.title}</h2>
      <Table
        caption={t.officeClosing.bundle.title}
        rows={bundle.files}
        keyOf={({ name }) => name}
        columns={[
          { key: "name", head: t.officeClosing.bundle.file, cell: ({ name }) => name },
          {
            key: "size",
            head: t.officeClosing.bundle.size,
            cell: ({ bytes }) => formatBytes(language, bytes),
            isFigure: true,
          },
        ]}
      />
      {!mayReadBox ? null : done === undefined ? (
        <p class="actions">
          <button type="button" class="button" onClick={() => void download()}>
            {t.officeClosing.bundle.act}
          </button>
        </p>
      ) : (
        <ProgressBar label={t.officeClosing.bundle.making} done={done} total={total} />
      )}
      {isFailed && (
        <p role="alert" class="refusal">
          {t.officeClosing.bundle.failed}
        </p>
      )}
      <p class="quiet">{mayReadBox ? t.officeClosing.bundle.how : t.officeClosing.bundle.notYours}</p>
    </section>
  );
}
