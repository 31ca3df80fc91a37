/** Where the prices below hold, and what they are worth. */
export const PRICE_LIST = {
  region: "us-east-1, and CloudFront in North America and Europe",
  asOf: "November 2026",
  source: "AWS's public price lists, aws.amazon.com/<service>/pricing, as known then",
  checked: "not checked online: compare it with those pages before you commit to a budget",
  terms: "first tier, without the free tier, without tax; other regions of AWS ask up to a fifth more",
} as const;

/** What AWS asks for what a vote uses, in US dollars. What the list is worth is in PRICE_LIST. */
export const PRICES = {
  /** A request over HTTPS, answered by CloudFront or passed on. */
  cdnRequest: 1.0 / 1e6,
  /** A gigabyte (1e9 bytes) from CloudFront to viewers. */
  cdnGigabyteOut: 0.085,
  /** A gigabyte from CloudFront to the API; the way back costs nothing. */
  cdnGigabyteToOrigin: 0.02,
  /** A request to an HTTP API of up to 512 kB. */
  apiRequest: 1.0 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** A gigabyte of memory for a second, on arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  /** A request to a standard queue of up to 64 kB. */
  queueRequest: 0.4 / 1e6,
  /** On demand. */
  tableWriteUnit: 0.625 / 1e6,
  tableReadUnit: 0.125 / 1e6,
} as const;

/** What else a stage is billed for; none of it is part of what a vote is promised to cost. */
export const OTHER_PRICES = {
  firewallRequest: 0.6 / 1e6,
  /** A gigabyte taken into CloudWatch Logs. */
  logGigabyte: 0.5,
  trace: 5.0 / 1e6,
  /** A gigabyte in a table for a month, and as much again in its point-in-time backup. */
  tableGigabyteMonth: 0.25,
  backupGigabyteMonth: 0.2,
  encryptionKeyMonth: 1,
  secretMonth: 0.4,
  /** The list of rules and each rule. */
  firewallMonth: 5,
  firewallRuleMonth: 1,
  alarmMonth: 0.1,
} as const;
