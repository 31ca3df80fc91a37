import type { Attack } from "#load/attack/attack.ts";
import { copiedEnvelopes } from "#load/attack/attacks/copied-envelopes.ts";
import { foreignPage } from "#load/attack/attacks/foreign-page.ts";
import { forgedCertificates } from "#load/attack/attacks/forged-certificates.ts";
import { manyBallots } from "#load/attack/attacks/many-ballots.ts";
import { manyCodes } from "#load/attack/attacks/many-codes.ts";
import { polledResults } from "#load/attack/attacks/polled-results.ts";
import { smuggledBallots } from "#load/attack/attacks/smuggled-ballots.ts";
import { stolenCard } from "#load/attack/attacks/stolen-card.ts";

/** Every attack of `npm run attack`, in the order of its table. */
export const ATTACKS: readonly Attack[] = [
  manyBallots,
  foreignPage,
  stolenCard,
  manyCodes,
  copiedEnvelopes,
  smuggledBallots,
  polledResults,
  forgedCertificates,
];
