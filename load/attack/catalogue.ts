import type { Attack } from "#load/attack/attack.ts";
import { copiedEnvelopes } from "#load/attack/attacks/copied-envelopes.ts";
import { costlyRequests } from "#load/attack/attacks/costly-requests.ts";
import { decoys } from "#load/attack/attacks/decoys.ts";
import { foreignLaptop } from "#load/attack/attacks/foreign-laptop.ts";
import { foreignOfficePage } from "#load/attack/attacks/foreign-office-page.ts";
import { foreignPage } from "#load/attack/attacks/foreign-page.ts";
import { forgedCertificates } from "#load/attack/attacks/forged-certificates.ts";
import { forgedTokens } from "#load/attack/attacks/forged-tokens.ts";
import { forgedWhole } from "#load/attack/attacks/forged-whole.ts";
import { heldUpCertification } from "#load/attack/attacks/held-up-certification.ts";
import { laptopSecrets } from "#load/attack/attacks/laptop-secrets.ts";
import { manyBallots } from "#load/attack/attacks/many-ballots.ts";
import { manyCodes } from "#load/attack/attacks/many-codes.ts";
import { manyNumbers } from "#load/attack/attacks/many-numbers.ts";
import { misreadCodes } from "#load/attack/attacks/misread-codes.ts";
import { oneOfficer } from "#load/attack/attacks/one-officer.ts";
import { otherGroups } from "#load/attack/attacks/other-groups.ts";
import { otherSpellings } from "#load/attack/attacks/other-spellings.ts";
import { oversizedDefinition } from "#load/attack/attacks/oversized-definition.ts";
import { polledResults } from "#load/attack/attacks/polled-results.ts";
import { signedOutTokens } from "#load/attack/attacks/signed-out-tokens.ts";
import { smuggledBallots } from "#load/attack/attacks/smuggled-ballots.ts";
import { stolenCard } from "#load/attack/attacks/stolen-card.ts";
import { stolenRoles } from "#load/attack/attacks/stolen-roles.ts";

/** Every attack of `npm run attack`, in the order of its table. What leaves ballots waiting in the queue comes last. */
export const ATTACKS: readonly Attack[] = [
  manyBallots,
  foreignPage,
  stolenCard,
  costlyRequests,
  copiedEnvelopes,
  smuggledBallots,
  stolenRoles,
  laptopSecrets,
  oversizedDefinition,
  polledResults,
  forgedCertificates,
  forgedWhole,
  otherSpellings,
  misreadCodes,
  manyCodes,
  decoys,
  forgedTokens,
  otherGroups,
  signedOutTokens,
  foreignOfficePage,
  oneOfficer,
  foreignLaptop,
  manyNumbers,
  heldUpCertification,
];
