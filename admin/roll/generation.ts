import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { grouped } from "#admin/shared/grouped.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { writeWholeFile } from "#admin/shared/whole-file.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { CODE_ALPHABET, checkCharacterOf, RANDOM_CHARACTERS } from "#core/voting-code.ts";

/** Invented voters, for trials and load, as rows of `nas,code,region_id`. */

const NUMBERS = 1_000_000_000;

/** A tenth of all numbers carry a valid check digit and may be a real person's; those are never invented. */
const MOST_VOTERS = NUMBERS * 0.9;

const MOST_REGIONS = 1000;

const SHORT_CODE_CHARACTERS = 6;
const LONGEST_CODE = RANDOM_CHARACTERS + 1;
const NAS_LENGTH = 9;
const ZERO = 48;
const COMMA = 44;
const NEWLINE = 10;

export type GenerateOptions = Readonly<{
  /** How many, 1 to MOST_VOTERS. */
  voters: number;
  /** Voters are spread evenly over regions `1` to this number. */
  regions: number;
  /** Path of the CSV file; one that exists is replaced once the new one is complete. */
  out: string;
  /** The same seed gives the same voters; without one they cannot be guessed. */
  seed?: string;
  /** Codes of six characters and none that checks them, for a definition that says so. */
  shortCodes?: boolean;
  onProgress?: OnProgress;
}>;

/** Endless bytes from a seed: the key stream of AES-256 in counter mode. */
function randomBytesFrom(seed: Uint8Array): () => number {
  const cipher = createCipheriv("aes-256-ctr", seed, Buffer.alloc(16));
  const zeros = Buffer.alloc(16 * 1024);
  let drawn = cipher.update(zeros);
  let next = 0;
  return () => {
    if (next === drawn.length) {
      drawn = cipher.update(zeros);
      next = 0;
    }
    return drawn[next++] ?? 0;
  };
}

/** Whether the ninth digit is the check digit of the first eight (Luhn, ISO/IEC 7812-1), as in every NAS ever issued. */
function hasValidCheckDigit(nas: number): boolean {
  let sum = 0;
  for (let rest = nas, place = 0; place < NAS_LENGTH; place++, rest = Math.floor(rest / 10)) {
    // Every second digit counts twice; with nine digits, from either end alike.
    const weighed = (rest % 10) * (place % 2 === 0 ? 1 : 2);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** Distinct nine-digit numbers: steps coprime to 10⁹ from a random start visit every number once before any repeats. */
function distinctNumbers(random: () => number): () => number {
  const draw = () => {
    let drawn = 0;
    for (let byte = 0; byte < 6; byte++) drawn = drawn * 256 + random();
    return drawn % NUMBERS;
  };
  let number = draw();
  let step = draw();
  while (step % 2 === 0 || step % 5 === 0) step = draw();
  return () => {
    while (hasValidCheckDigit(number)) number = (number + step) % NUMBERS;
    const found = number;
    number = (number + step) % NUMBERS;
    return found;
  };
}

/** Writes a number in decimal, zero-padded, from `at` on. */
function writeDigits(into: Buffer, at: number, places: number, number: number): void {
  for (let place = at + places - 1, rest = number; place >= at; place--, rest = Math.floor(rest / 10)) {
    into[place] = ZERO + (rest % 10);
  }
}

/** The largest multiple of 29 in a byte: beyond it, the first characters would be likelier than the others. */
const FAIR_BYTES = 256 - (256 % CODE_ALPHABET.length);

function randomCharacter(random: () => number): number {
  let byte = random();
  while (byte >= FAIR_BYTES) byte = random();
  return CODE_ALPHABET.charCodeAt(byte % CODE_ALPHABET.length);
}

/** Writes a code; returns where it ends. */
function writeCode(into: Buffer, at: number, random: () => number, shortCodes: boolean): number {
  const end = at + (shortCodes ? SHORT_CODE_CHARACTERS : RANDOM_CHARACTERS);
  for (let place = at; place < end; place++) into[place] = randomCharacter(random);
  return shortCodes ? end : end + into.write(checkCharacterOf(into.toString("latin1", at, end)), end, "latin1");
}

/** Writes one invented voter after another, of whom the first 900 million are distinct. Returns where the row ends. */
function voterWriter(
  seed: Uint8Array,
  { regions, shortCodes = false }: GenerateOptions,
): (into: Buffer, at: number) => number {
  const random = randomBytesFrom(seed);
  const nextNumber = distinctNumbers(random);
  let index = 0;
  return (into, at) => {
    writeDigits(into, at, NAS_LENGTH, nextNumber());
    let end = at + NAS_LENGTH;
    into[end++] = COMMA;
    end = writeCode(into, end, random, shortCodes);
    into[end++] = COMMA;
    const region = (index++ % regions) + 1;
    const places = String(region).length;
    writeDigits(into, end, places, region);
    end += places;
    into[end++] = NEWLINE;
    return end;
  };
}

const ROWS_PER_WRITE = 4096;
const LONGEST_ROW_BYTES = NAS_LENGTH + 1 + LONGEST_CODE + 1 + String(MOST_REGIONS).length + 1;

/** The file in pieces of a few thousand rows, all in one buffer: each overwrites the last. */
function* csvOf(
  writeVoter: (into: Buffer, at: number) => number,
  voters: number,
  onProgress?: OnProgress,
): Generator<Uint8Array> {
  yield Buffer.from("nas,code,region_id\n");
  const rows = Buffer.alloc(ROWS_PER_WRITE * LONGEST_ROW_BYTES);
  for (let written = 0; written < voters; ) {
    const size = Math.min(ROWS_PER_WRITE, voters - written);
    let end = 0;
    for (let row = 0; row < size; row++) end = writeVoter(rows, end);
    yield rows.subarray(0, end);
    written += size;
    onProgress?.({ step: "writing", done: written, total: voters });
  }
}

/** Writes a file of invented voters, a few thousand rows in memory at a time. */
export async function generateRoll(options: GenerateOptions): Promise<void> {
  const { voters, regions, out, seed, onProgress } = options;
  if (!Number.isInteger(voters) || voters < 1 || voters > MOST_VOTERS) {
    throw new EnglishRefusal(`The number of voters must be a whole number from 1 to ${grouped(MOST_VOTERS)}.`);
  }
  if (!Number.isInteger(regions) || regions < 1 || regions > MOST_REGIONS) {
    throw new EnglishRefusal(`The number of regions must be a whole number from 1 to ${MOST_REGIONS}.`);
  }
  const writeVoter = voterWriter(
    seed === undefined ? randomBytes(32) : createHash("sha256").update(seed).digest(),
    options,
  );
  // The file holds credentials: only its owner may read it.
  await writeWholeFile(out, csvOf(writeVoter, voters, onProgress));
}
