import { everybodyCanUse } from "#test/e2e/site/every-state.ts";
import { BALLOTS } from "#test/e2e/site/states.ts";

everybodyCanUse(BALLOTS, "every2");
