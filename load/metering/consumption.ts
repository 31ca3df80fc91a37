/** Capacity units of DynamoDB. */
export type Units = Readonly<{ read: number; write: number }>;
/** What a request consumed of one table. */
export type Consumption = Readonly<{ table: string; units: Units }>;
