import { NOTHING_PUBLISHED, type PublishedState } from "#core/published-state.ts";
import { BLANK, SPOILED } from "#core/selection.ts";
import type { Contests } from "#load/plan/tally-writes.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { encodeState } from "#storage/published-state-codec.ts";
import {
  BYTES_PER_WRITE_UNIT,
  isWorthWriting,
  MOST_BYTES_OF_AN_ITEM,
  type Published,
} from "#storage/published-table.ts";

/** What showing results in steps writes, while somebody watches all day: each state that is worth its write units. */

/** More choices than this compress as well. */
const CHOICES_SAMPLED = 2_000;

/** Compressed size of a state in which every choice of every region has votes, shown and set aside. */
export function stateBytes({ regions, choices }: Contests, votes: number): number {
  const random = seededRandom(1, "published state");
  const sampledRegions = Math.max(1, Math.min(regions, Math.floor(CHOICES_SAMPLED / choices)));
  const sampledChoices = Math.min(choices, CHOICES_SAMPLED);
  const perChoice = Math.max(1, Math.floor(votes / (regions * choices)));
  const contest = (region: number) => {
    const names = [...Array.from({ length: sampledChoices }, (_, index) => `${region}-${index}`), BLANK, SPOILED];
    const shown = new Map(names.map((name) => [name, random(2 * perChoice)]));
    return { shown, next: new Map([...shown].map(([name, count]) => [name, count + random(3)])) };
  };
  const contests = new Map(Array.from({ length: sampledRegions }, (_, index) => [String(index), contest(index)]));
  const sampled = encodeState({ contests, growth: [], isClosed: false }).length;
  return Math.ceil((sampled * regions * choices) / (sampledRegions * sampledChoices));
}

/** Write units per vote of a day. */
export function publishedUnitsPerVote(perSecond: Iterable<number>, bytes: number): number {
  const units = Math.ceil(bytes / BYTES_PER_WRITE_UNIT);
  // The parts of the state before are removed.
  const unitsEach = bytes > MOST_BYTES_OF_AN_ITEM ? 2 * units : units;
  let before: Published = { version: 0, writtenAtMs: 0, bytes, state: NOTHING_PUBLISHED };
  let [votes, written, atMs] = [0, 0, 0];
  for (const inSecond of perSecond) {
    atMs += 1_000;
    votes += inSecond;
    if (inSecond === 0) continue;
    const state: PublishedState = {
      contests: new Map([["all", { shown: new Map([["votes", votes]]) }]]),
      growth: [],
      isClosed: false,
    };
    if (!isWorthWriting(before, state, atMs)) continue;
    before = { ...before, writtenAtMs: atMs, state };
    written += unitsEach;
  }
  return votes === 0 ? 0 : written / votes;
}
