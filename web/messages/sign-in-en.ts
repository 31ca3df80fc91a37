import type { SignInFault } from "#web/vote/sign-in/provider.ts";

/** Loaded where voters sign in. @param host of whoever signs them in */
export const signInEn = {
  signInAll: (ballots: number) =>
    ballots === 1 ? "Sign in and cast my ballot" : `Sign in and cast ${ballots} ballots`,
  leaving: (host: string) => `Sealing your ballot and going to ${host}`,
  how: (host: string) =>
    `You sign in at ${host}. It learns that you vote, and when, and never what: your ballot is sealed first, and waits on this device.`,
  again: "Sign in again",
  notOnRoll:
    "The account that you signed in with is not on the electoral roll of this vote, or not in this region. Nothing was counted.",
  late: "Signing in took so long that your sealed ballot was given up. Your right to vote is not used up.",
  mark: "Mark my ballot again",
  lateTitle: "Nothing was cast",
  comingBack: "Casting your ballot",
  faults: {
    silent: (host: string) =>
      `${host} does not answer, so nobody can sign in right now. Nothing was cast, and your ballot is still here: try again in a moment.`,
    refused: () => "You are not signed in, so nothing was cast. Your sealed ballot is still here.",
    offline: () =>
      "There is no connection, so nothing was cast. Your sealed ballot is still here: sign in again in a moment.",
    stray: () => "That sign-in was not for the ballot on this page. Nothing was cast; sign in again.",
  } satisfies Record<SignInFault, (host: string) => string>,
};
export type SignInMessages = typeof signInEn;
