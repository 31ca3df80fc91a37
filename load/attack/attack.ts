import type { OnProgress } from "#admin/shared/progress.ts";
import type { Random } from "#load/shared/ballots.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

export type AttackTrial = Readonly<{
  /** The system attacked, which all attacks share, one after the other: each votes in its own elections or for its own voters. */
  system: RunningSystem;
  /** Whether to try as often as docs/attacks.md tells; otherwise for seconds, so that tests can afford it. */
  isFull: boolean;
  random: Random;
  onProgress: OnProgress;
}>;

export type AttackOutcome = Readonly<{
  /** An attack that was never tried proves nothing. */
  tried: number;
  /** What the attacker learnt or changed, in the words of the table. */
  learnt: string;
  isRepelled: boolean;
}>;

export type Attack = Readonly<{
  name: string;
  attacker: "outsider" | "voter" | "observer" | "thief of a role" | "dishonest officer";
  /** What is done, in the words of the table. */
  told: string;
  /** Whether npm test plays it too; others take too long, and suites of their own hold the same rule. */
  isShort: boolean;
  run(trial: AttackTrial): Promise<AttackOutcome>;
}>;

/** Whether the attack was tried and won nothing. */
export function isRepelled(outcome: AttackOutcome): boolean {
  return outcome.tried > 0 && outcome.isRepelled;
}
