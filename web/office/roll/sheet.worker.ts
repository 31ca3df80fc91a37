import { Refusal } from "#core/refusal.ts";
import type { SentRow } from "#functions/office-roll/contract.ts";
import { csvRow } from "#published/csv.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";
import { blobSource } from "#spreadsheet/source.ts";
import { readSheetFile } from "#web/office/roll/sheet-reading.ts";
import type { AskedSheet, ToldSheet } from "#web/office/roll/worker-messages.ts";

/** Reads a file of voters beside the page. */

const tell = (told: ToldSheet): void => postMessage(told);

/** Faults are gathered so many at a time, so that memory holds no more. */
const FAULTS_AT_ONCE = 1_000;

let faults: Readonly<{ en: Blob[]; fr: Blob[] }> = { en: [], fr: [] };
let waiting: BadRow[] = [];
let blocksOf: (() => AsyncGenerator<readonly SentRow[]>) | undefined;
let blocks: AsyncGenerator<readonly SentRow[]> | undefined;
let number = 0;

function keepFaults(): void {
  for (const language of ["en", "fr"] as const) {
    faults[language].push(new Blob(waiting.map(({ line, problem }) => csvRow([line, problem[language]]))));
  }
  waiting = [];
}

async function answer(asked: AskedSheet): Promise<void> {
  switch (asked.kind) {
    case "read": {
      faults = { en: [], fr: [] };
      waiting = [];
      blocksOf = undefined;
      const { file, definition, mapping } = asked;
      const source = blobSource(file.name, file);
      const read = await readSheetFile(source, definition, {
        ...(mapping !== undefined && { mapping }),
        onProgress: (done) => tell({ kind: "progress", done, total: Math.max(1, file.size) }),
        onBad(row) {
          waiting.push(row);
          if (waiting.length === FAULTS_AT_ONCE) keepFaults();
        },
      });
      if (!("summary" in read)) return tell({ kind: "headings", ...read });
      const { blocks: again, ...told } = read;
      blocksOf = again;
      blocks = undefined;
      return tell({ kind: "read", ...told });
    }
    case "rewind":
      blocks = undefined;
      return;
    case "block": {
      if (blocks === undefined) {
        blocks = blocksOf?.();
        number = 0;
      }
      const next = await blocks?.next();
      return tell({ kind: "block", number: number++, rows: next?.done === false ? next.value : undefined });
    }
    case "faults": {
      keepFaults();
      const head = csvRow(asked.language === "fr" ? ["ligne", "faute"] : ["line", "fault"]);
      const parts = ["\uFEFF", head, ...faults[asked.language]];
      return tell({ kind: "faults", blob: new Blob(parts, { type: "text/csv" }) });
    }
    default:
      return asked satisfies never;
  }
}

addEventListener("message", ({ data }: MessageEvent<AskedSheet>) => {
  answer(data).catch((error: unknown) => {
    tell(error instanceof Refusal ? { kind: "refused", ...error.texts } : { kind: "failed" });
  });
});
