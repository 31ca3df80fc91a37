import { setTimeout as pause } from "node:timers/promises";
import { contestRegionIds } from "#core/contest.ts";
import { ElectionResults } from "#functions/results/contract.ts";
import type { Attack } from "#load/attack/attack.ts";
import { requestOf } from "#load/shared/ballots.ts";
import { openBetween, openElection } from "#load/shared/elections.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { exchange } from "#load/shared/exchange.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { grouped } from "#load/shared/report.ts";
import { connectTo } from "#load/shared/running-system.ts";

const MINIMUM = 3;
const POSTED_EVERY_MS = 1_000;
const POLLED_EVERY_MS = 400;
/** All ballots are counted by then; at closing everything is shown ten seconds later. */
const SHOWN_WITHIN_MS = 60_000;

/** The ballots that counts seen of one contest tell apart in groups smaller than the minimum. */
function toldApart(counts: ReadonlySet<number>): number {
  const sorted = [0, ...counts].sort((one, other) => one - other);
  const steps = sorted.slice(1).map((count, index) => count - (sorted[index] ?? 0));
  return steps.filter((step) => step < MINIMUM).reduce((sum, step) => sum + step, 0);
}

export const polledResults: Attack = {
  name: "polled-results",
  attacker: "observer",
  told: "whoever sees people vote one by one polls the live results of each region between their ballots, and after closing",
  isShort: true,
  async run({ system, isFull, random }) {
    using connection = connectTo(system);
    const [regions, votes] = isFull ? [3, 45] : [1, 10];
    const votingMs = votes * POSTED_EVERY_MS;
    const beganMs = Date.now();
    // In the short form voting stays open.
    const open = { ...nationalElection(`polled-${beganMs}`, regions, 2), minimumBallots: MINIMUM };
    const closesMs = beganMs + 30_000 + 2 * votingMs;
    const definition = isFull ? openBetween(open, Date.parse(open.opensAt), closesMs) : open;
    const election = await openElection(connection, definition, "attack");
    const ballots = await enrolElectorate(system, votes, random, [election]);

    const results = `${system.url}/api/v1/elections/${definition.electionId}`;
    const seen = new Map(contestRegionIds(definition).map((regionId) => [regionId, new Set<number>()]));
    let polls = 0;
    const poll = async (): Promise<boolean> => {
      let isClosed = true;
      for (const [regionId, counts] of seen) {
        const answer = ElectionResults.parse(
          JSON.parse((await exchange(`${results}/regions/${regionId}/results`)).text),
        );
        polls++;
        counts.add((answer.total ?? 0) + (answer.blank ?? 0) + (answer.spoiled ?? 0));
        isClosed &&= answer.status === "closed";
      }
      return isClosed;
    };

    const shown = (): number => [...seen.values()].reduce((sum, counts) => sum + Math.max(0, ...counts), 0);
    let isPosted = false;
    const isOver = (isClosed: boolean): boolean => isPosted && (isFull ? isClosed : shown() >= MINIMUM);
    const polling = (async () => {
      const untilMs = (isFull ? closesMs : Date.now() + votingMs) + SHOWN_WITHIN_MS;
      while (Date.now() < untilMs && !isOver(await poll())) await pause(POLLED_EVERY_MS);
    })();
    for (const ballot of ballots) {
      const { path, body } = requestOf(ballot);
      await exchange(`${system.url}${path}`, body);
      await pause(POSTED_EVERY_MS);
    }
    isPosted = true;
    await polling;
    const learnt = [...seen.values()].reduce((sum, counts) => sum + toldApart(counts), 0);
    return {
      tried: polls,
      learnt: `${grouped(learnt)} votes told apart; ${grouped(shown())} of ${grouped(votes)} shown`,
      isRepelled: learnt === 0 && shown() >= (isFull ? votes : MINIMUM),
    };
  },
};
