import { validateFunction } from "#functions/validate/function.ts";
import { oneByOne } from "#functions/validate/one-by-one.ts";

/** Deployed to an emulator that lacks `partiql-streams`. */
export const handler = validateFunction(oneByOne);
