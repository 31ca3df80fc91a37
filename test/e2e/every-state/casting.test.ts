import { everybodyCanUse } from "#test/e2e/every-state/everybody-can-use.ts";
import { CASTING } from "#test/e2e/every-state/states.ts";

everybodyCanUse(CASTING, "every3");
