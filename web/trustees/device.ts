import script from "#web/trustees/ballot.worker";
import type { AskedDevice, ToldDevice } from "#web/trustees/worker-messages.ts";
import { type Asking, startAsking } from "#web/worker-asking.ts";

/** The script that seals, asked one thing after the other. */

type Answers = {
  know: Extract<ToldDevice, { kind: "known" }>;
  seal: Extract<ToldDevice, { kind: "sealed" }>;
  cast: Extract<ToldDevice, { kind: "signed" }>;
  test: Extract<ToldDevice, { kind: "opened" }>;
  forget: Extract<ToldDevice, { kind: "forgotten" }>;
};

export type Device = Readonly<{
  /** Rejects when the script could not be loaded, or fails. */
  ask<Kind extends AskedDevice["kind"]>(asked: Extract<AskedDevice, { kind: Kind }>): Promise<Answers[Kind]>;
  /** With it goes all that the script knows. */
  stop(): void;
}>;

export function startDevice(): Device {
  const asking: Asking<AskedDevice, ToldDevice> = startAsking(script, () => undefined);
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask<Kind extends AskedDevice["kind"]>(asked: Extract<AskedDevice, { kind: Kind }>) {
      const answer = last.then(async () => {
        asking.ask(asked);
        const told = await asking.next();
        if (told.kind === "failed") throw new Error("the script beside the page failed");
        // Each question has one kind of answer.
        return told as Answers[Kind];
      });
      last = answer.catch(() => undefined);
      return answer;
    },
    stop: () => asking.stop(),
  };
}
