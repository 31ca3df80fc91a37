import { everybodyCanUse } from "#test/e2e/site/every-state.ts";
import { CASTING } from "#test/e2e/site/states.ts";

everybodyCanUse(CASTING, "every3");
