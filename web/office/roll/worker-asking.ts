import { startWorker } from "#web/office/shell/start-worker.ts";

/** One script beside the page, asked and listened to. */
export type Asking<Ask, Told> = Readonly<{
  ask(asked: Ask): void;
  stop(): void;
  /** The next answer of a kind, or a failure; progress goes to the listener. */
  next(): Promise<Told>;
}>;

/** @param onProgress told what is under way */
export function startAsking<Ask, Told extends Readonly<{ kind: string }>>(
  address: string,
  onProgress: (done: number, total: number) => void,
): Asking<Ask, Told> {
  const worker = startWorker(address);
  const arrived: Told[] = [];
  let waiting: ((told: Told) => void) | undefined;
  const give = (told: Told): void => {
    if (waiting === undefined) arrived.push(told);
    else waiting(told);
    waiting = undefined;
  };
  worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
    if (data.kind === "progress") {
      const { done, total } = data as unknown as Readonly<{ done: number; total: number }>;
      onProgress(done, total);
    } else give(data);
  });
  worker.addEventListener("error", () => give({ kind: "failed" } as unknown as Told));
  return {
    ask: (asked) => worker.postMessage(asked),
    stop: () => worker.terminate(),
    next: () => {
      const first = arrived.shift();
      return first === undefined
        ? new Promise((resolve) => {
            waiting = resolve;
          })
        : Promise.resolve(first);
    },
  };
}
