import { officeActs } from "#web/office/messages/fr/acts.ts";
import { officeAudit } from "#web/office/messages/fr/audit.ts";
import { officeClosing } from "#web/office/messages/fr/closing.ts";
import { officeElections } from "#web/office/messages/fr/elections.ts";
import { overview } from "#web/office/messages/fr/overview.ts";
import { officePolling } from "#web/office/messages/fr/polling.ts";
import { officeProposals } from "#web/office/messages/fr/proposals.ts";
import { officeRoll } from "#web/office/messages/fr/roll.ts";
import { shell } from "#web/office/messages/fr/shell.ts";
import { signIn } from "#web/office/messages/fr/sign-in.ts";

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
