/** Where the prices below apply, and how reliable they are. */
export const PRICE_LIST = {
  region: "us-east-1, and CloudFront in the United States, Mexico and Canada",
  asOf: "November 2026",
  source: "AWS's public price lists, aws.amazon.com/<service>/pricing",
  checked: "against copies of those pages and quotations from them, not online: check before you commit to a budget",
  terms: "first tier, without the free tier, without tax; other AWS regions charge up to a fifth more",
} as const;

/** AWS's prices of what a voter uses, in US dollars, under the terms in PRICE_LIST. */
export const PRICES = {
  /** An HTTPS request, answered by CloudFront or passed on. */
  cdnRequest: 1.0 / 1e6,
  /** A gigabyte (1e9 bytes) from CloudFront to viewers. */
  cdnGigabyteOut: 0.085,
  /** A gigabyte from CloudFront to the API; the other direction is free. */
  cdnGigabyteToOrigin: 0.02,
  /** A call of a CloudFront Function. */
  edgeFunctionCall: 0.1 / 1e6,
  /** A request that the firewall inspects: every one. */
  firewallRequest: 0.6 / 1e6,
  /** A file read from the site's bucket, when no edge has it. */
  siteFileRead: 0.4 / 1e6,
  /** A request to an HTTP API of up to 512 kB. */
  apiRequest: 1.0 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** One GB-second on arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  /** A request to a standard queue of up to 64 kB. */
  queueRequest: 0.4 / 1e6,
  /** On demand. */
  tableWriteUnit: 0.625 / 1e6,
  tableReadUnit: 0.125 / 1e6,
  /** A gigabyte ingested by CloudWatch Logs, from functions, API or CloudFront. */
  logGigabyte: 0.5,
  /** A trace recorded by X-Ray. */
  trace: 5.0 / 1e6,
} as const;

/** Each price's page, AWS's wording, and when it was last seen or quoted. */
export const PRICE_SOURCES = {
  cdnRequest: {
    page: "cloudfront",
    says: "HTTPS requests, 0.0100 per 10,000 (usage type US-Requests-HTTPS-Proxy)",
    seen: "2026",
  },
  cdnGigabyteOut: {
    page: "cloudfront",
    says: "data transfer out to internet, first 10 TB, 0.085 per GB",
    seen: "2025",
  },
  cdnGigabyteToOrigin: { page: "cloudfront", says: "data transfer out to origin, 0.020 per GB", seen: "not compared" },
  edgeFunctionCall: {
    page: "cloudfront",
    says: "CloudFront Functions, 0.10 per 1 million invocations",
    seen: "2025",
  },
  firewallRequest: { page: "waf", says: "0.60 per 1 million requests inspected by a web ACL", seen: "2025" },
  siteFileRead: { page: "s3", says: "GET requests, S3 Standard, 0.0004 per 1,000", seen: "2025" },
  apiRequest: {
    page: "api-gateway",
    says: "HTTP APIs, first 300 million, 1.00 per million of up to 512 kB",
    seen: "May 2025",
  },
  lambdaRequest: { page: "lambda", says: "requests, 0.20 per million", seen: "2024" },
  lambdaGigabyteSecond: {
    page: "lambda",
    says: "duration, arm, first 7.5 billion GB-seconds, 0.0000133334",
    seen: "2024",
  },
  queueRequest: { page: "sqs", says: "standard queues, 0.40 per million of up to 64 kB", seen: "June 2026" },
  tableWriteUnit: {
    page: "dynamodb",
    says: "on-demand write request units, 0.625 per million since November 2024",
    seen: "July 2025",
  },
  tableReadUnit: {
    page: "dynamodb",
    says: "on-demand read request units, 0.125 per million since November 2024",
    seen: "July 2025",
  },
  logGigabyte: {
    page: "cloudwatch",
    says: "logs collected, standard and vended, first 10 TB, 0.50 per GB",
    seen: "2025",
  },
  trace: { page: "cloudwatch", says: "X-Ray traces, 5.00 per million recorded", seen: "2025" },
} as const satisfies Readonly<Record<keyof typeof PRICES, Readonly<{ page: string; says: string; seen: string }>>>;

/**
 * Free for every account each month (aws.amazon.com/free, "Always free"). Not deducted from the price of a vote, but it
 * covers an idle stage.
 */
export const ALWAYS_FREE: Readonly<Partial<Record<keyof typeof PRICES, number>>> = {
  cdnRequest: 10_000_000,
  cdnGigabyteOut: 1000,
  lambdaRequest: 1_000_000,
  lambdaGigabyteSecond: 400_000,
  queueRequest: 1_000_000,
  edgeFunctionCall: 2_000_000,
  logGigabyte: 5,
  trace: 100_000,
};

/** What a stage is billed for by the month, whether or not somebody votes. */
export const OTHER_PRICES = {
  /** A gigabyte in a table for a month; its point-in-time backup has the same size. */
  tableGigabyteMonth: 0.25,
  backupGigabyteMonth: 0.2,
  encryptionKeyMonth: 1,
  secretMonth: 0.4,
  /** The web ACL; each rule is extra. */
  firewallMonth: 5,
  firewallRuleMonth: 1,
  alarmMonth: 0.1,
} as const;

/** Of the stage's firewall (infra/site/firewall.ts), each with its price by the month. */
export const FIREWALL_RULES = 6;
