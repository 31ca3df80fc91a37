/** What the flows ask of a browser. Each protocol has its own way to do it, and nothing else differs. */

export const BROWSERS = ["chromium", "firefox", "webkit"] as const;
export type BrowserName = (typeof BROWSERS)[number];

export type Point = Readonly<{ x: number; y: number }>;

/** A window of its own, which remembers nothing of the windows before it. */
export type Window = Readonly<{
  goto: (address: string) => Promise<unknown>;
  /** Runs a function in the page. It waits for nothing, and uses nothing but its argument. */
  evaluate: <Given, Result>(ask: (given: Given) => Result, given: Given) => Promise<Result>;
  /** Presses the pointer at the first point, moves it over the others, and lifts it at the last. */
  slide: (points: readonly Point[]) => Promise<unknown>;
  type: (text: string) => Promise<unknown>;
  /** In CSS pixels. */
  resize: (width: number, height: number) => Promise<unknown>;
  close: () => Promise<unknown>;
}>;

export type Browser = Readonly<{ open: () => Promise<Window>; close: () => Promise<unknown> }>;
