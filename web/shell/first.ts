/**
 * What most pages need. Every page imports this file, and every part of a page that is loaded later: the build makes a file for
 * each combination of pages that share a module, and each file costs half a kilobyte of headers.
 */
import "#core/contest.ts";
import "#core/corrections.ts";
import "#core/instant-words.ts";
import "#core/once-each.ts";
import "#core/selection.ts";
import "#core/sentences.ts";
import "#core/tracking-code.ts";
import "#web/format.ts";
import "#web/navigation.ts";
import "#web/parts.ts";
import "#web/router.ts";
import "#web/save-file.ts";
import "#web/shell/answers.tsx";
import "#web/shell/cancelled.tsx";
import "#web/shell/corrections.tsx";
import "#web/shell/heading.tsx";
import "#web/shell/lazy-page.tsx";
import "#web/shell/pause.tsx";
import "#web/shell/told.tsx";
import "#web/vote/session.ts";
