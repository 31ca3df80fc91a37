import type { Fault, FaultRun, PollOutcome, Trial } from "#load/faults/fault.ts";
import { type Laptop, type LaptopOptions, onLaptop } from "#load/faults/laptop.ts";
import { type Moments, openPoll } from "#load/faults/poll.ts";
import type { Interceptor } from "#load/metering/service-proxy.ts";

export type Breakage = Readonly<{
  /** Of both services. */
  interceptor?: Interceptor;
  at?: Moments;
  onVoted?: () => Promise<void> | void;
  /** Called once the votes are counted; the tallies are compared again afterwards. */
  onSettled?: () => Promise<void>;
  happened(outcome: PollOutcome): Pick<FaultRun, "times" | "happened">;
}>;

/** A fault on a laptop: one started with these options, or any, such as the one lent for the trial. */
export function laptopFault(
  fault: Omit<Fault, "run">,
  breaking: (laptop: Laptop, trial: Trial) => Breakage,
  options?: LaptopOptions,
): Fault {
  const run = async (laptop: Laptop, trial: Trial): Promise<FaultRun> => {
    const poll = await openPoll(laptop.running, trial);
    const { interceptor, at, onVoted, onSettled, happened } = breaking(laptop, trial);
    if (interceptor !== undefined) for (const proxy of [laptop.dynamodb, laptop.sqs]) proxy.use(interceptor);
    await poll.vote(at);
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
    async run(trial) {
      const { laptop: lent } = trial;
      if (lent === undefined || options !== undefined) return onLaptop(options ?? {}, (own) => run(own, trial));
      try {
        return await run(lent, trial);
      } finally {
        for (const proxy of [lent.dynamodb, lent.sqs]) proxy.use((_call, pass) => pass());
      }
    },
  };
}
