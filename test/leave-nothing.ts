import { afterAll, vi } from "vitest";

// Files share a process: what one changed in it must not reach the next.
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
