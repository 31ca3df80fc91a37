import { PRICES } from "#infra/prices.ts";

export type Priced = keyof typeof PRICES;

/** Amounts by what is priced: requests, gigabytes (1e9 bytes), gigabyte-seconds, capacity units. */
export type Usage = Readonly<Record<Priced, number>>;

export const SERVICES = {
  cdnRequest: ["CloudFront", "requests"],
  cdnGigabyteOut: ["CloudFront", "GB to voters"],
  cdnGigabyteToOrigin: ["CloudFront", "GB to the API"],
  edgeFunctionCall: ["CloudFront", "calls of its function"],
  firewallRequest: ["Firewall", "requests"],
  siteFileRead: ["S3", "files read"],
  apiRequest: ["HTTP API", "requests"],
  lambdaRequest: ["Lambda", "invocations"],
  lambdaGigabyteSecond: ["Lambda", "GB-seconds"],
  queueRequest: ["SQS", "requests"],
  tableWriteUnit: ["DynamoDB", "write units"],
  tableReadUnit: ["DynamoDB", "read units"],
  logGigabyte: ["CloudWatch", "GB of logs"],
  trace: ["X-Ray", "traces"],
} as const satisfies Readonly<Record<Priced, readonly [string, string]>>;

export const PRICED = Object.keys(SERVICES) as readonly Priced[];

export type Line = Readonly<{ priced: Priced; service: string; unit: string; amount: number; dollars: number }>;

function usage(amountOf: (priced: Priced) => number): Usage {
  return Object.fromEntries(PRICED.map((priced) => [priced, amountOf(priced)])) as Usage;
}

export const NOTHING: Usage = usage(() => 0);

export function times(each: Usage, factor: number): Usage {
  return usage((priced) => each[priced] * factor);
}

export function plus(one: Usage, other: Usage): Usage {
  return usage((priced) => one[priced] + other[priced]);
}

/** A line for each price, including those that come to nothing. */
export function billFor(used: Usage): readonly Line[] {
  return PRICED.map((priced) => {
    const [service, unit] = SERVICES[priced];
    return { priced, service, unit, amount: used[priced], dollars: used[priced] * PRICES[priced] };
  });
}

export function dollarsFor(used: Usage): number {
  return billFor(used).reduce((sum, { dollars }) => sum + dollars, 0);
}
