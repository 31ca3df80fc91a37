import { startWorker } from "#web/start-worker.ts";

/** One script beside the page, asked and listened to. */
export type Asking<Ask, Told> = Readonly<{
  ask(asked: Ask): void;
  stop(): void;
  /** The next answer of a kind, or a failure; progress goes to the listener. */
  next(): Promise<Told>;
}>;

/**
 * @param script from an import of a `.worker`
 * @param onProgress told what is under way
 */
export function startAsking<Ask, Told extends Readonly<{ kind: string }>>(
  script: Parameters<typeof startWorker>[0],
  onProgress: (done: number, total: number) => void,
): Asking<Ask, Told> {
  const arrived: Told[] = [];
  let waiting: ((told: Told) => void) | undefined;
  const give = (told: Told): void => {
    if (waiting === undefined) arrived.push(told);
    else waiting(told);
    waiting = undefined;
  };
  const fail = (): void => give({ kind: "failed" } as unknown as Told);
  const listening = startWorker(script).then((worker) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data.kind === "progress") {
        const { done, total } = data as unknown as Readonly<{ done: number; total: number }>;
        onProgress(done, total);
      } else give(data);
    });
    worker.addEventListener("error", fail);
    return worker;
  });
  listening.catch(fail);
  return {
    ask: (asked) => void listening.then((worker) => worker.postMessage(asked)).catch(fail),
    stop: () => void listening.then((worker) => worker.terminate()).catch(() => undefined),
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
