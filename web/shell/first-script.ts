/**
 * What every visit needs at once. Every page imports it with its headline, and so it is one file of the build: one compresses
 * better than six, which some pages would share and others not.
 */
import "#core/contest.ts";
import "#web/format.ts";
import "#web/navigation.ts";
import "#web/router.ts";
import "#web/vote/session.ts";
