import { validateFunction } from "#functions/validate/function.ts";
import { inBatches } from "#storage/ballot-insertion.ts";

export const handler = validateFunction(inBatches);
