import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { getDocumentProxy } from "unpdf";
import { wordsEn } from "#admin/cards/words-en.ts";
import { wordsFr } from "#admin/cards/words-fr.ts";
import { normaliseCredential } from "#core/credential.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Letters as they are printed: what the text of their pages says. */

export type PrintedLetter = Readonly<{
  /** `letters-fr-001.pdf, page 7`. */
  place: string;
  /** Each undefined where the page does not say so. */
  code: string | undefined;
  number: number | undefined;
  /** What it is to, as pathOf says it. */
  path: string | undefined;
  /** Undefined in an election without regions, too. */
  regionId: string | undefined;
}>;

const LABELS: readonly string[] = [wordsEn.code, wordsFr.code];
const BALLOT = /^https?:\/\/\S+\/(?:fr|en)\/vote\/(?<path>paper\/[^/\s]+|[^/\s]+)(?:\/(?<regionId>[^/\s]+))?$/;
const NUMBER = new RegExp(`^(?:${wordsEn.number("")}|${wordsFr.number("")})(?<number>\\d+)$`);

/** @param texts of a page, in the order of reading */
export function readLetter(place: string, texts: readonly string[]): PrintedLetter {
  const code = texts[texts.findLastIndex((text) => LABELS.includes(text)) + 1];
  const ballot = texts.map((text) => BALLOT.exec(text)?.groups).find((groups) => groups !== undefined);
  const number = texts.map((text) => NUMBER.exec(text)?.groups?.number).findLast((found) => found !== undefined);
  const isLetter = texts.some((text) => LABELS.includes(text));
  return {
    place,
    code: isLetter && code !== undefined ? normaliseCredential(code) : undefined,
    number: number === undefined ? undefined : Number(number),
    path: ballot?.path,
    regionId: ballot?.regionId,
  };
}

/** The letters of a PDF, page by page. Throws Refusal when it cannot be read. */
export async function* printedLetters(file: string): AsyncGenerator<PrintedLetter> {
  const bytes = new Uint8Array(await readFile(file));
  const document = await getDocumentProxy(bytes, { verbosity: 0 }).catch((error: unknown) => {
    throw new EnglishRefusal(
      `${basename(file)}: this PDF cannot be read: ${error instanceof Error ? error.message : "it is damaged"}.`,
    );
  });
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item) => ("str" in item && item.str.trim() !== "" ? [item.str.trim()] : []));
    page.cleanup();
    yield readLetter(`${basename(file)}, page ${number}`, texts);
  }
  await document.cleanup();
}
