import { sentences } from "#core/sentences.ts";
/** Signing in and out, and all that can go wrong with it. */
export const signIn = {
  arriving: "Signing you in",
  leaving: "One moment",
  signedOutTitle: "You are signed out",
  signedOut: "On every device and in every tab. Whoever comes next must sign in.",
  again: "Sign in",
  lapsedTitle: "Your sign-in has ended",
  lapsed: "What you typed here is still there. Sign in again in another tab, then come back to this one.",
  lapsedLink: "Sign in in another tab",
  elsewhereTitle: "You are signed in again",
  elsewhere: "Go back to the tab that you came from: it goes on by itself. You can close this one.",
  here: "Go on here instead",
  faultTitle: "You could not be signed in",
  fault: {
    unreachable: "The sign-in service does not answer. Wait a moment and try again; voting goes on meanwhile.",
    refused: "The sign-in was refused or broken off. Try again, or ask whoever manages the office’s accounts.",
    clock:
      "The clocks of this device and of the sign-in service differ by more than a minute. Set this device’s clock, then try again.",
    stray: "This answer of the sign-in service belongs to another request. Start again from here.",
    misconfigured: "The sign-in service is not set up as this site expects. Tell whoever runs the site.",
    "not-accepted":
      "You are known to the sign-in service, but this site does not accept what it says. Tell whoever runs the site.",
    "not-allowed": "Your account is in none of the office’s groups, so there is nothing here that you may see.",
  },
  groups: (groups: string) =>
    sentences`The groups are: ${groups}. Whoever manages the office’s accounts can add you to one.`,
  retry: "Try again",
  otherAccount: "Sign in with another account",
};
export type SignInWords = typeof signIn;
