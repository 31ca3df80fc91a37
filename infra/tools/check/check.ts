import { Refusal } from "#core/refusal.ts";
import type { Config } from "#infra/config.ts";
import { lacks } from "#infra/emulator.ts";
import { readStageDefinitions } from "#infra/stage-definitions.ts";
import { checkBootstraps, readAccount } from "#infra/tools/check/account.ts";
import type { Clients } from "#infra/tools/check/clients.ts";
import { ask, type Finding, fine, wrong } from "#infra/tools/check/finding.ts";
import { checkNames } from "#infra/tools/check/names.ts";
import { checkApiRate, checkLimits } from "#infra/tools/check/quotas.ts";
import { checkCertificate, checkDomain, checkRoom } from "#infra/tools/check/site.ts";
import { exists, findingOf, type Part, type StageStack, stacksOf } from "#infra/tools/check/stacks.ts";

/** Everything that can be known of a deployment without creating anything. */

async function checkDefinitions(config: Config): Promise<Finding> {
  try {
    const definitions = await readStageDefinitions(config);
    return fine("elections", `${definitions.length} definitions follow the rules and fit the tables`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return wrong("elections", error.message);
  }
}

/** @returns the findings, and the stage's stacks where AWS told them */
export async function check(
  config: Config,
  clients: Clients,
  nowMs: number,
): Promise<Readonly<{ findings: readonly Finding[]; stacks: readonly StageStack[] }>> {
  const definitions = await checkDefinitions(config);
  const { account, finding: credentials } = await readAccount(clients);
  if (account === undefined) return { findings: [definitions, credentials], stacks: [] };

  let stacks: readonly StageStack[] = [];
  const states = await ask("stacks", ["cloudformation:DescribeStacks"], async () => {
    stacks = await stacksOf(config, clients);
    return stacks.map((stack) => findingOf(config.stage, stack));
  });
  const absent: ReadonlySet<Part> = new Set(stacks.filter((found) => !exists(found)).map(({ part }) => part));
  // What is left of a failed creation still has its names, and goes with its stack.
  const nameless = stacks.filter((found) => !exists(found) && found.stack?.StackStatus !== "ROLLBACK_FAILED");
  const hasSite = !lacks(config, "cloudfront");
  // An emulator has no limits.
  const hasLimits = config.emulator === undefined;
  const groups = await Promise.all([
    ask("bootstrap", ["cloudformation:DescribeStacks"], () => checkBootstraps(account, config, clients)),
    states,
    ask("names", ["iam:GetRole", "kms:ListAliases", "secretsmanager:ListSecrets", "logs:DescribeLogGroups"], () =>
      checkNames(config, clients, new Set(nameless.map(({ part }) => part))),
    ),
    ...(hasLimits
      ? [
          ask("quotas", ["lambda:GetAccountSettings", "dynamodb:DescribeLimits"], () =>
            checkLimits(config, clients, absent.has("voting")),
          ),
          ask("API requests", ["servicequotas:GetServiceQuota", "servicequotas:GetAWSDefaultServiceQuota"], () =>
            checkApiRate(config, clients),
          ),
        ]
      : []),
    ...(hasSite
      ? [
          ask("certificate", ["acm:DescribeCertificate"], () => checkCertificate(config, clients, nowMs)),
          ask("domain", ["cloudfront:ListDistributions"], () => checkDomain(config, clients)),
        ]
      : []),
    ...(hasSite && absent.has("site")
      ? [
          ask(
            "limits",
            [
              "cloudfront:ListCachePolicies",
              "cloudfront:ListOriginRequestPolicies",
              "cloudfront:ListResponseHeadersPolicies",
              "logs:DescribeResourcePolicies",
            ],
            () => checkRoom(clients),
          ),
        ]
      : []),
  ]);
  return { findings: [definitions, credentials, ...groups.flat()], stacks };
}
