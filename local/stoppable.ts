export type Stoppable = Readonly<{ stop(): Promise<void> }>;

/** Stops what was started, last first. */
export async function stopAll(started: readonly Stoppable[]): Promise<void> {
  for (const part of started.toReversed()) await part.stop().catch(() => undefined);
}
