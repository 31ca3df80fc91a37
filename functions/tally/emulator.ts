import type { Context } from "aws-lambda";
import { handler as tally } from "#functions/tally/index.ts";
import { namingTheShard } from "#functions/tally/only-shard.ts";

/** Deployed to an emulator that lacks `stream-shard-id`. */
export const handler = (event: object, context: Context) => tally(namingTheShard(event), context);
