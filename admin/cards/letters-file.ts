import PDFDocument from "pdfkit";
import { fontBytes } from "#admin/cards/fonts.ts";
import { drawLetter, type Layout, type Letter } from "#admin/cards/letter.ts";
import type { LetterTexts } from "#admin/cards/letter-texts.ts";
import type { OutputFile } from "#admin/cards/output.ts";
import type { Language } from "#core/language.ts";

/** A PDF of letters in one language, written while it grows: memory holds a page. Tagged, so that it can be read aloud. */

export type LettersFile = Readonly<{
  add(letter: Letter): Promise<void>;
  close(): Promise<void>;
  /** Gives up; the file is left as it is. */
  destroy(): void;
}>;

/** Written to the file before more is drawn. */
const BUFFERED_BYTES = 256 * 1024;

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export function newDocument(texts: LetterTexts, language: Language): PDFKit.PDFDocument {
  const doc = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: "1.7",
    tagged: true,
    lang: `${language}-CA`,
    displayTitle: true,
    info: { Title: `${texts.title} · ${texts.words.kind}`, Creator: "Scrutin" },
    // None of the reader's own.
    font: "",
  });
  for (const [name, bytes] of Object.entries(fontBytes())) doc.registerFont(name, bytes);
  return doc;
}

async function pump(doc: PDFKit.PDFDocument, output: OutputFile): Promise<void> {
  // A stream of Node in Node, and in a browser one of its own with the same chunks.
  const chunks: AsyncIterable<Uint8Array> = doc;
  for await (const bytes of chunks) await output.write(bytes);
  await output.close();
}

export function openLettersFile(output: OutputFile, layout: Layout, language: Language): LettersFile {
  const doc = newDocument(layout.texts, language);
  const written = pump(doc, output);
  // Whoever adds or closes next is told.
  written.catch(() => {});
  const body = doc.struct("Document");
  doc.addStructure(body);
  return {
    async add(letter) {
      drawLetter(doc, body, layout, letter);
      // Undefined in a browser, where chunks are passed on at once.
      while ((doc.readableLength ?? 0) > BUFFERED_BYTES) await Promise.race([turn(), written]);
    },
    async close() {
      body.end();
      doc.end();
      await written;
    },
    destroy() {
      if ("destroy" in doc) doc.destroy();
    },
  };
}
