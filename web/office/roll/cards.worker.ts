import regular from "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf";
import bold from "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf";
import syllabics from "@expo-google-fonts/noto-sans-canadian-aboriginal/400Regular/NotoSansCanadianAboriginal_400Regular.ttf";
import { sha256 } from "@noble/hashes/sha2.js";
import { knowFonts } from "#admin/cards/fonts.ts";
import { openOffice } from "#admin/cards/office.ts";
import type { Output } from "#admin/cards/output.ts";
import { refuseClosed, visitOf } from "#admin/cards/visit.ts";
import { checkPeople, writeCards } from "#admin/cards/write.ts";
import { Refusal } from "#core/refusal.ts";
import { lineBreaksIn } from "#spreadsheet/rows.ts";
import { blobSource } from "#spreadsheet/source.ts";
import type { AskedCards, ToldCards } from "#web/office/roll/worker-messages.ts";

/** Makes letters beside the page. Codes and addresses are in its memory, and in the files that it gives to the page. */

knowFonts(() => ({ regular, bold, syllabics }));

const tell = (told: ToldCards): void => postMessage(told);

const TYPES: Readonly<Record<string, string>> = { pdf: "application/pdf", csv: "text/csv" };
const PROGRESS_EVERY = 10;

/** Each file is given to the page once it is whole. */
const output: Output = {
  async open(name) {
    const parts: BlobPart[] = [];
    return {
      async write(piece) {
        // A copy: the writer may use its buffer again.
        parts.push(typeof piece === "string" ? piece : new Uint8Array(piece));
      },
      async close() {
        const type = TYPES[name.split(".").at(-1) ?? ""] ?? "";
        tell({ kind: "file", name, blob: new Blob(parts.splice(0), { type }) });
      },
    };
  },
};

async function make({ file, path, questions, site, paper, atMs }: AskedCards): Promise<void> {
  const visit = visitOf(path, questions);
  refuseClosed(visit, atMs);
  const source = blobSource(file.name, file);
  const digest = sha256.create();
  let rows = 0;
  for await (const bytes of source.read()) {
    digest.update(bytes);
    rows += lineBreaksIn(bytes);
  }
  const office = openOffice(visit, site, paper);
  const onProgress = ({ done, total }: Readonly<{ done: number; total: number }>): void => {
    if (done % PROGRESS_EVERY === 0 || done === total) tell({ kind: "progress", done, total });
  };
  const total = await checkPeople(office, source, rows);
  const { letters, byLanguage } = await writeCards(office, source, output, total, { onProgress });
  const hex = [...digest.digest()].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  tell({ kind: "cards", letters, byLanguage, sha256: hex, envelope: office.paper.envelope });
}

addEventListener("message", ({ data }: MessageEvent<AskedCards>) => {
  make(data).catch((error: unknown) => {
    tell(error instanceof Refusal ? { kind: "refused", ...error.texts } : { kind: "failed" });
  });
});
