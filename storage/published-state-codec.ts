import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import * as z from "zod/mini";
import type { PublishedContest, PublishedState } from "#core/published-state.ts";
import type { Tally } from "#core/results.ts";

/** A published state as compressed bytes. */

/** Higher qualities take several times as long for a tenth less. */
const QUALITY = 5;

const Whole = z.int();
const StoredContest = z.strictObject({
  interpretations: z.array(z.string()),
  /** How often each is shown; null while nothing is. */
  shown: z.nullable(z.array(Whole)),
  /** How much more often each is shown next, small numbers; null when nothing is set aside. */
  more: z.nullable(z.array(Whole)),
});
const Stored = z.strictObject({
  contests: z.record(z.string(), StoredContest),
  growth: z.array(z.tuple([Whole, Whole])),
  isClosed: z.boolean(),
});

function writeContest({ shown, next }: PublishedContest): z.infer<typeof StoredContest> {
  const interpretations = [...new Set([...(shown?.keys() ?? []), ...(next?.keys() ?? [])])];
  const countIn = (tally: Tally | undefined, interpretation: string): number => tally?.get(interpretation) ?? 0;
  return {
    interpretations,
    shown: shown === undefined ? null : interpretations.map((one) => countIn(shown, one)),
    more: next === undefined ? null : interpretations.map((one) => countIn(next, one) - countIn(shown, one)),
  };
}

function readContest({ interpretations, shown, more }: z.infer<typeof StoredContest>): PublishedContest {
  const tally = (countAt: (index: number) => number): Tally =>
    new Map(interpretations.map((one, index) => [one, countAt(index)] as const).filter(([, count]) => count !== 0));
  const shownAt = (index: number): number => shown?.[index] ?? 0;
  return {
    ...(shown !== null && { shown: tally(shownAt) }),
    ...(more !== null && { next: tally((index) => shownAt(index) + (more[index] ?? 0)) }),
  };
}

export function encodeState({ contests, growth, isClosed }: PublishedState): Uint8Array {
  const stored: z.infer<typeof Stored> = {
    contests: Object.fromEntries([...contests].map(([id, contest]) => [id, writeContest(contest)])),
    growth: growth.map(({ untilMs, ballots }) => [untilMs, ballots]),
    isClosed,
  };
  return brotliCompressSync(JSON.stringify(stored), { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
}

/** @throws when these are not the bytes of a state */
export function decodeState(bytes: Uint8Array): PublishedState {
  const { contests, growth, isClosed } = Stored.parse(JSON.parse(brotliDecompressSync(bytes).toString()));
  return {
    contests: new Map(Object.entries(contests).map(([id, contest]) => [id, readContest(contest)])),
    growth: growth.map(([untilMs, ballots]) => ({ untilMs, ballots })),
    isClosed,
  };
}
