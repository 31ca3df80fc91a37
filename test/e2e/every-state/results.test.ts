import { everybodyCanUse } from "#test/e2e/site/every-state.ts";
import { RESULTS } from "#test/e2e/site/states.ts";

everybodyCanUse(RESULTS, "every4");
