/** What the results page and its parts need, in one file: see web/shell/first.ts. */
import "#published/figures.ts";
import "#web/results/bar.tsx";
import "#web/results/colour.ts";
import "#web/results/held-order.ts";
import "#web/results/tell-state.ts";
import "#web/results/verdict.tsx";
import "#web/shell/first.ts";
