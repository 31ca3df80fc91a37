import { everybodyCanUse } from "#test/e2e/every-state/everybody-can-use.ts";
import { RESULTS } from "#test/e2e/every-state/states.ts";

everybodyCanUse(RESULTS, "every4");
