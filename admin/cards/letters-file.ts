import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { setImmediate as turn } from "node:timers/promises";
import PDFDocument from "pdfkit";
import { FONT_FILES } from "#admin/cards/fonts.ts";
import { drawLetter, type Layout, type Letter } from "#admin/cards/letter.ts";
import type { LetterTexts } from "#admin/cards/letter-texts.ts";
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

export function newDocument(texts: LetterTexts, language: Language): PDFKit.PDFDocument {
  const doc = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: "1.7",
    tagged: true,
    lang: `${language}-CA`,
    displayTitle: true,
    info: { Title: `${texts.title} · ${texts.words.kind}`, Creator: "Scrutin" },
  });
  for (const [name, file] of Object.entries(FONT_FILES)) doc.registerFont(name, file);
  return doc;
}

export function openLettersFile(path: string, layout: Layout, language: Language): LettersFile {
  const doc = newDocument(layout.texts, language);
  const written = pipeline(doc, createWriteStream(path, { mode: 0o600, flags: "wx" }));
  // Whoever adds or closes next is told.
  written.catch(() => {});
  const body = doc.struct("Document");
  doc.addStructure(body);
  return {
    async add(letter) {
      drawLetter(doc, body, layout, letter);
      while (doc.readableLength > BUFFERED_BYTES) await Promise.race([turn(), written]);
    },
    async close() {
      body.end();
      doc.end();
      await written;
    },
    destroy() {
      doc.destroy();
    },
  };
}
