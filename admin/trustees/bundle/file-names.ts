import { join } from "node:path";

/** The files of the bundle of an election that trustees open; `opening.json`, `changes.json` and the certificate's have the names of any bundle. */

/** The ceremony's folder, whole. */
export const ceremonyFolderIn = (bundle: string): string => join(bundle, "ceremony");
export const rollPath = (bundle: string): string => join(bundle, "roll.txt");
export const linesPath = (bundle: string): string => join(bundle, "box.jsonl");
export const boxPath = (bundle: string): string => join(bundle, "box.json");
export const openedPath = (bundle: string): string => join(bundle, "opened.bin");

/** What a trustee made: numbers and proofs, and what it signs of them. The second is written last: where it is, both are whole. */
export type SignedFiles = Readonly<{ binary: string; signed: string }>;

const signedFiles = (bundle: string, name: string): SignedFiles => ({
  binary: join(bundle, `${name}.bin`),
  signed: join(bundle, `${name}.json`),
});

/** @param mix from 1 */
export const mixFiles = (bundle: string, mix: number): SignedFiles => signedFiles(bundle, `mix-${mix}`);
/** @param trustee its number, from 1 */
export const openingFiles = (bundle: string, trustee: number): SignedFiles => signedFiles(bundle, `opening-${trustee}`);
