import type { Attack } from "#load/attack/attack.ts";
import { foreignPage } from "#load/attack/attacks/foreign-page.ts";
import { manyBallots } from "#load/attack/attacks/many-ballots.ts";

/** Every attack of `npm run attack`, in the order of its table. */
export const ATTACKS: readonly Attack[] = [manyBallots, foreignPage];
