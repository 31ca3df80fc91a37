/**
 * What AWS asks for what a vote uses, in US dollars. Source: the public price lists of Amazon API Gateway, AWS Lambda, Amazon
 * SQS and Amazon DynamoDB (aws.amazon.com/<service>/pricing), region us-east-1, first tier, without the free tier, as known
 * in November 2026. Other regions ask up to a fifth more.
 */
export const PRICES = {
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
