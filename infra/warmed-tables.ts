import * as z from "zod";

/** What is known of the deployed tables' warm throughput, as `npm run deploy` tells the CDK app. */

const Units = z.object({ writeUnitsPerSecond: z.number(), readUnitsPerSecond: z.number() });
const Known = z.object({ asked: Units.optional(), has: Units.optional() }).optional();

export const WarmedTables = z.object({ votes: Known, roll: Known, tallies: Known });
export type WarmedTables = Readonly<z.infer<typeof WarmedTables>>;
