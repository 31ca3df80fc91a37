import { everybodyCanUse } from "#test/e2e/every-state/everybody-can-use.ts";
import { PAGES } from "#test/e2e/every-state/states.ts";

everybodyCanUse(PAGES, "every1");
