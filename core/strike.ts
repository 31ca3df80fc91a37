/**
 * Why a code can no longer be voted with: its person got a new one, in another region if they moved; is no longer on the roll; or
 * voted elsewhere, on paper or by mail.
 */
export const STRIKES = ["reissued", "removed", "moved", "voted-elsewhere"] as const;
export type Strike = (typeof STRIKES)[number];

/** A struck code, and since when: an ISO instant, UTC. */
export type Struck = Readonly<{ strike: Strike; at: string }>;

export function readStrike(text: string | undefined): Strike | undefined {
  return STRIKES.find((strike) => strike === text);
}

/** Whether its person is on the roll: who voted elsewhere is, and so is who may still vote. */
export function isOnRoll({ struck }: Readonly<{ struck?: Strike | undefined }>): boolean {
  return struck === undefined || struck === "voted-elsewhere";
}
