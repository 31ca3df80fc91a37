import { everybodyCanUse } from "#test/e2e/site/every-state.ts";
import { PAGES } from "#test/e2e/site/states.ts";

everybodyCanUse(PAGES, "every1");
