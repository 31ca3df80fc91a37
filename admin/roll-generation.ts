import { createCipheriv, createHash, randomBytes } from "node:crypto";
import type { OnProgress } from "#admin/progress.ts";
import { writeWholeFile } from "#admin/written-file.ts";
import { Refusal } from "#functions/shared/refusal.ts";

/** Invented voters, for trials and load: a row of the file is `nas,code,region_id`. */

const NUMBERS = 1_000_000_000;

/** A tenth of all numbers carry a valid check digit and may be a real person's; those are never invented. */
const MOST_VOTERS = NUMBERS * 0.9;

const MOST_REGIONS = 1000;

/** 32 characters, so that five random bits are one; without 0, 1, I and O, which are misread. */
const CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 6;

export type GenerateOptions = Readonly<{
  /** How many, 1 to MOST_VOTERS. */
  voters: number;
  /** Voters are spread evenly over regions `1` to this number. */
  regions: number;
  /** Path of the CSV file; one that exists is replaced once the new one is complete. */
  out: string;
  /** The same seed gives the same voters; without one they cannot be guessed. */
  seed?: string;
  onProgress?: OnProgress;
}>;

/** Endless bytes from a seed: the key stream of AES-256 in counter mode. */
function* randomBytesFrom(seed: Uint8Array): Generator<number, never> {
  const cipher = createCipheriv("aes-256-ctr", seed, Buffer.alloc(16));
  const zeros = Buffer.alloc(64 * 1024);
  for (;;) yield* cipher.update(zeros);
}

/** Whether the ninth digit is the check digit of the first eight (Luhn, ISO/IEC 7812-1), as in every NAS ever issued. */
function hasValidCheckDigit(nas: string): boolean {
  let sum = 0;
  for (let index = 0; index < nas.length; index++) {
    const digit = nas.charCodeAt(index) - 48;
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/**
 * Nine-digit numbers that no two voters share: from a random start, steps of a size that has no factor in common with
 * 10⁹, so that every number comes once before any comes again.
 */
function* distinctNumbers(random: Iterator<number, never>): Generator<string, never> {
  const draw = () => {
    let drawn = 0;
    for (let byte = 0; byte < 6; byte++) drawn = drawn * 256 + random.next().value;
    return drawn % NUMBERS;
  };
  let number = draw();
  let step = draw();
  while (step % 2 === 0 || step % 5 === 0) step = draw();
  for (;;) {
    const nas = String(number).padStart(9, "0");
    if (!hasValidCheckDigit(nas)) yield nas;
    number = (number + step) % NUMBERS;
  }
}

/** Rows of invented voters without end; the first 900 million are distinct. */
function* inventVoters(seed: Uint8Array, regions: number): Generator<string, never> {
  const random = randomBytesFrom(seed);
  const numbers = distinctNumbers(random);
  for (let index = 0; ; index++) {
    let code = "";
    for (let place = 0; place < CODE_LENGTH; place++) code += CODE_ALPHABET.charAt(random.next().value % 32);
    yield `${numbers.next().value},${code},${(index % regions) + 1}\n`;
  }
}

const ROWS_PER_WRITE = 4096;

function* csvOf(rows: Iterator<string, never>, voters: number, onProgress?: OnProgress): Generator<string> {
  yield "nas,code,region_id\n";
  for (let written = 0; written < voters; ) {
    const size = Math.min(ROWS_PER_WRITE, voters - written);
    let text = "";
    for (let row = 0; row < size; row++) text += rows.next().value;
    yield text;
    written += size;
    onProgress?.({ step: "writing", done: written, total: voters });
  }
}

/** Writes a file of invented voters. Its size does not matter: what is kept in memory is a few thousand rows. */
export async function generateRoll({ voters, regions, out, seed, onProgress }: GenerateOptions): Promise<void> {
  if (!Number.isInteger(voters) || voters < 1 || voters > MOST_VOTERS) {
    throw new Refusal(`The number of voters must be a whole number from 1 to ${MOST_VOTERS.toLocaleString("en-CA")}.`);
  }
  if (!Number.isInteger(regions) || regions < 1 || regions > MOST_REGIONS) {
    throw new Refusal(`The number of regions must be a whole number from 1 to ${MOST_REGIONS}.`);
  }
  const rows = inventVoters(seed === undefined ? randomBytes(32) : createHash("sha256").update(seed).digest(), regions);
  // The file holds what a voter votes with: nobody else on the machine may read it.
  await writeWholeFile(out, csvOf(rows, voters, onProgress));
}
