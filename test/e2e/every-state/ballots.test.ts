import { everybodyCanUse } from "#test/e2e/every-state/everybody-can-use.ts";
import { BALLOTS } from "#test/e2e/every-state/states.ts";

everybodyCanUse(BALLOTS, "every2");
