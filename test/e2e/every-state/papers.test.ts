import { everybodyCanUse } from "#test/e2e/every-state/everybody-can-use.ts";
import { PAPERS } from "#test/e2e/every-state/paper-states.ts";

everybodyCanUse(PAPERS, "every5");
