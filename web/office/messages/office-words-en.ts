import { officeActs } from "#web/office/messages/en/acts.ts";
import { officeAudit } from "#web/office/messages/en/audit.ts";
import { officeClosing } from "#web/office/messages/en/closing.ts";
import { officeElections } from "#web/office/messages/en/elections.ts";
import { overview } from "#web/office/messages/en/overview.ts";
import { officePolling } from "#web/office/messages/en/polling.ts";
import { officeProposals } from "#web/office/messages/en/proposals.ts";
import { officeRoll } from "#web/office/messages/en/roll.ts";
import { shell } from "#web/office/messages/en/shell.ts";
import { signIn } from "#web/office/messages/en/sign-in.ts";

/** The words of the console, a file for each room. */
export const words = {
  shell,
  signIn,
  overview,
  officeElections,
  officeRoll,
  officePolling,
  officeClosing,
  officeAudit,
  officeActs,
  officeProposals,
};
export type OfficeWords = typeof words;
