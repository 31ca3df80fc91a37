import { DescribeLimitsCommand } from "@aws-sdk/client-dynamodb";
import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  NoSuchResourceException,
} from "@aws-sdk/client-service-quotas";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { type AccountLimits, beyondAccount, capacityFor } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import type { Clients } from "#infra/tools/check/clients.ts";
import { type Finding, fine, wrong } from "#infra/tools/check/finding.ts";

/** The account's quotas in the stage's region, against what the stage needs. */

/** Codes of Service Quotas; each is the name of the quota in its console. */
const API_RATE = { service: "apigateway", code: "L-8A5B8E43" } as const;
const ASKED_BY = {
  concurrency: { service: "lambda", code: "L-B99A9384" },
  "write units": { service: "dynamodb", code: "L-AB614373" },
} as const;

type Quota = Readonly<{ service: string; code: string }>;
const request = ({ service, code }: Quota, value: number, region: string): string =>
  `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${value} --region ${region}`;

/**
 * @param isNew whether none of the account's reserved concurrency is this stage's own
 * @throws Refusal when the account may not be asked, or does not answer: without an answer half a stage may be created
 */
async function readLimits({ lambda, dynamodb }: Clients, isNew: boolean): Promise<AccountLimits> {
  try {
    const [{ AccountLimit }, { TableMaxWriteCapacityUnits }] = await Promise.all([
      lambda.send(new GetAccountSettingsCommand({})),
      dynamodb.send(new DescribeLimitsCommand({})),
    ]);
    const { ConcurrentExecutions: all = 0, UnreservedConcurrentExecutions: left = all } = AccountLimit ?? {};
    return {
      lambdaConcurrency: all,
      reservedByOthers: isNew ? all - left : 0,
      tableWriteUnits: TableMaxWriteCapacityUnits ?? 0,
    };
  } catch (error) {
    throw new EnglishRefusal(
      `The account's limits could not be read, which lambda:GetAccountSettings and dynamodb:DescribeLimits allow: ${error instanceof Error ? error.message : error}`,
    );
  }
}

export async function checkLimits(config: Config, clients: Clients, isNew: boolean): Promise<readonly Finding[]> {
  const limits = await readLimits(clients, isNew);
  const shortages = beyondAccount(config, limits).map(({ of, says, needs }) =>
    wrong(
      "quotas",
      says,
      of === "memory"
        ? "https://console.aws.amazon.com/support: a case about Lambda"
        : request(ASKED_BY[of], needs, config.region),
    ),
  );
  if (shortages.length > 0) return shortages;
  return [
    fine("quotas", `${limits.lambdaConcurrency} functions at once, ${limits.tableWriteUnits} write units of a table`),
  ];
}

async function readQuota({ quotas }: Clients, { service, code }: Quota): Promise<number | undefined> {
  const which = { ServiceCode: service, QuotaCode: code };
  try {
    return (await quotas.send(new GetServiceQuotaCommand(which))).Quota?.Value;
  } catch (error) {
    // It has never been changed for this account.
    if (!(error instanceof NoSuchResourceException)) throw error;
    return (await quotas.send(new GetAWSDefaultServiceQuotaCommand(which))).Quota?.Value;
  }
}

export async function checkApiRate(config: Config, clients: Clients): Promise<readonly Finding[]> {
  const { requestsPerSecond } = capacityFor(config).api;
  const has = (await readQuota(clients, API_RATE)) ?? 0;
  const about = "API requests";
  if (has >= requestsPerSecond) return [fine(about, `${requestsPerSecond} a second of the account's ${has}`)];
  return [
    wrong(
      about,
      `The API needs ${requestsPerSecond} requests a second, and the account has ${has}.`,
      request(API_RATE, requestsPerSecond, config.region),
    ),
  ];
}
