import type { Fault, FaultRun, PollOutcome, Trial } from "#load/faults/fault.ts";
import type { Interceptor } from "#load/faults/fault-proxy.ts";
import { type Laptop, type LaptopOptions, onAnyLaptop, onLaptop } from "#load/faults/laptop.ts";
import { moments } from "#load/faults/moments.ts";
import { openPoll } from "#load/faults/poll.ts";

/** What is done to a laptop while people vote. */
export type Breakage = Readonly<{
  /** Of both services. */
  interceptor?: Interceptor;
  /** At moments spread over the voting. */
  at?: Readonly<{ moments: number; act: () => void }>;
  /** Once everybody has voted. */
  onVoted?: () => Promise<void> | void;
  /** Once the votes are counted; they are counted again afterwards. */
  onSettled?: () => Promise<void>;
  /** How often it came about, in numbers and words. */
  happened(outcome: PollOutcome): Pick<FaultRun, "times" | "happened">;
}>;

/** A fault of a laptop: one with options of its own, or any. */
export function laptopFault(
  fault: Omit<Fault, "run">,
  breaking: (laptop: Laptop, trial: Trial) => Breakage,
  options?: LaptopOptions,
): Fault {
  const run = (trial: Trial) => async (laptop: Laptop) => {
    const poll = await openPoll(laptop.running, trial);
    const { interceptor, at, onVoted, onSettled, happened } = breaking(laptop, trial);
    if (interceptor !== undefined) for (const proxy of [laptop.dynamodb, laptop.sqs]) proxy.use(interceptor);
    await poll.vote(at === undefined ? () => {} : moments(at.moments, trial.random, at.act));
    await onVoted?.();
    await poll.decide(laptop.running);
    let outcome = await poll.settle(laptop.running);
    if (onSettled !== undefined) {
      await onSettled();
      outcome = await poll.settle(laptop.running);
    }
    return { ...outcome, ...happened(outcome) };
  };
  return {
    ...fault,
    run: (trial) => (options === undefined ? onAnyLaptop(trial, run(trial)) : onLaptop(options, run(trial))),
  };
}
