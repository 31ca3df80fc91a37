import { checkEn as check } from "#web/messages/check-en.ts";
import { homeEn as home } from "#web/messages/home-en.ts";
import { monitorEn as monitor } from "#web/messages/monitor-en.ts";
import { paperEn as paper } from "#web/messages/paper-en.ts";
import { resultsEn as results } from "#web/messages/results-en.ts";
import { roundsEn as rounds } from "#web/messages/rounds-en.ts";

/** For those who change to this language: they stay on the page, whichever it is. */

export { en as texts } from "#web/messages/en.ts";
export const words = { check, home, monitor, paper, results, rounds };
