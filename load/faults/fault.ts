import type { OnProgress } from "#admin/shared/progress.ts";
import type { Laptop } from "#load/faults/laptop.ts";
import type { Account } from "#load/shared/accounting.ts";
import type { Random } from "#load/shared/ballots.ts";

export type Trial = Readonly<{
  votes: number;
  /** How many of them hand in a second, different ballot at the same moment. */
  duplicates: number;
  /** Whether the fault lasts as long as docs/reliability.md says; otherwise seconds, so that tests can afford it. */
  isFull: boolean;
  random: Random;
  onProgress: OnProgress;
  /** A system that several trials share in turn; each fault starts its own when left out. */
  laptop?: Laptop;
}>;

export type PollOutcome = Readonly<{
  account: Account;
  /** Receipts whose status is not what the ballot box says, or that stay undecided. */
  untrueStatuses: number;
  /** Receipts with the status `duplicate`: ballots that do not count, because the voter's other one does. */
  toldDuplicate: number;
  /** Envelopes that were posted again and again, and never received. */
  gaveUp: number;
  /** Time each ballot in the box was cast, by its tracking code. */
  castAtMs: ReadonlyMap<string, number>;
}>;

export type FaultRun = PollOutcome &
  Readonly<{
    /** How often the fault occurred; one that did not occur proves nothing. */
    times: number;
    happened: string;
  }>;

export type Fault = Readonly<{
  name: string;
  told: string;
  /** Whether it belongs to the short set that runs with the tests, on a shared laptop. */
  isShort: boolean;
  run(trial: Trial): Promise<FaultRun>;
}>;

/** Whether the fault occurred, everybody could vote, nothing was lost or counted twice, and every status was true. */
export function isSurvived({ times, account, untrueStatuses, gaveUp }: FaultRun): boolean {
  const { voters, lost, countedTwice } = account;
  return times > 0 && voters > 0 && gaveUp === 0 && lost === 0 && countedTwice === 0 && untrueStatuses === 0;
}
