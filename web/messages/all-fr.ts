import { checkFr as check } from "#web/messages/check-fr.ts";
import { homeFr as home } from "#web/messages/home-fr.ts";
import { monitorFr as monitor } from "#web/messages/monitor-fr.ts";
import { paperFr as paper } from "#web/messages/paper-fr.ts";
import { resultsFr as results } from "#web/messages/results-fr.ts";
import { roundsFr as rounds } from "#web/messages/rounds-fr.ts";

/** For those who change to this language: they stay on the page, whichever it is. */

export { fr as texts } from "#web/messages/fr.ts";
export const words = { check, home, monitor, paper, results, rounds };
