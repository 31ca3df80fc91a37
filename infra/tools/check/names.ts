import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetRoleCommand, NoSuchEntityException } from "@aws-sdk/client-iam";
import { paginateListAliases } from "@aws-sdk/client-kms";
import { type Config, SITE_REGION, stackName } from "#infra/config.ts";
import { ELECTION_SECRETS, roleName, secretNames } from "#infra/data/secret-names.ts";
import { lacks } from "#infra/emulator.ts";
import { PROJECT } from "#infra/sources.ts";
import { secretsOf } from "#infra/stage-secrets.ts";
import type { Clients } from "#infra/tools/check/clients.ts";
import { type Finding, fine, wrong } from "#infra/tools/check/finding.ts";
import type { Part } from "#infra/tools/check/stacks.ts";

/** The fixed names in a stage's stacks. Whatever has one while its stack does not exist would make its creation fail. */

const OF_SITE = "origin-keys";

/** The fixed names that each stack takes; a test compares with what is synthesized. */
export async function fixedNames(
  config: Config,
): Promise<Readonly<Record<"roles" | "aliases" | "logGroups", Readonly<Partial<Record<Part, readonly string[]>>>>>> {
  const folders = await readdir(join(PROJECT, "functions"), { withFileTypes: true });
  const functions = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const isVoting = (name: string): boolean =>
    name !== "runtime" &&
    name !== OF_SITE &&
    (name !== "recount" || config.recountEveryMinutes > 0) &&
    (name !== "state-opening" || config.statesOpenings);
  return {
    roles: {
      data: config.emulator === undefined ? [roleName(config, "officer")] : [],
      voting: functions.filter(isVoting).map((name) => roleName(config, name)),
      ...(!lacks(config, "cloudfront") && { site: [roleName(config, OF_SITE)] }),
    },
    aliases: { data: Object.keys(ELECTION_SECRETS).map((kind) => `alias/${secretNames(config).prefix}/${kind}`) },
    logGroups: lacks(config, "cloudfront")
      ? {}
      : { site: [`/aws/vendedlogs/cloudfront/${stackName(config.stage, "site")}`] },
  };
}

async function hasRole({ iam }: Clients, RoleName: string): Promise<boolean> {
  try {
    await iam.send(new GetRoleCommand({ RoleName }));
    return true;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return false;
    throw error;
  }
}

async function takenAliases({ keys: client }: Clients, names: readonly string[]): Promise<readonly string[]> {
  const taken: string[] = [];
  for await (const { Aliases = [] } of paginateListAliases({ client }, {})) {
    taken.push(...Aliases.map(({ AliasName = "" }) => AliasName).filter((name) => names.includes(name)));
  }
  return taken;
}

async function hasLogGroup({ siteLogs }: Clients, name: string): Promise<boolean> {
  const { logGroups = [] } = await siteLogs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return logGroups.some(({ logGroupName }) => logGroupName === name);
}

/** @param absent the stacks that a deployment is about to create */
export async function checkNames(
  config: Config,
  clients: Clients,
  absent: ReadonlySet<Part>,
): Promise<readonly Finding[]> {
  const names = await fixedNames(config);
  const of = (kind: keyof typeof names): readonly string[] => [...absent].flatMap((part) => names[kind][part] ?? []);
  const roles = await Promise.all(of("roles").map(async (name) => ((await hasRole(clients, name)) ? [name] : [])));
  const logGroups = await Promise.all(
    of("logGroups").map(async (name) => ((await hasLogGroup(clients, name)) ? [name] : [])),
  );
  const aliases = of("aliases").length === 0 ? [] : await takenAliases(clients, of("aliases"));
  // An election's secrets are of no use once the keys that encrypt them went with the data stack.
  const secrets = absent.has("data") ? await secretsOf(clients.secrets, config) : [];
  const { region } = config;
  const taken = [
    ...roles
      .flat()
      .map((name) => wrong("names", `there is a role ${name} already`, `aws iam delete-role --role-name ${name}`)),
    ...aliases.map((name) =>
      wrong("names", `there is a key ${name} already`, `aws kms delete-alias --alias-name ${name} --region ${region}`),
    ),
    ...logGroups
      .flat()
      .map((name) =>
        wrong(
          "names",
          `there is a log group ${name} already`,
          `aws logs delete-log-group --log-group-name ${name} --region ${SITE_REGION}`,
        ),
      ),
    ...secrets.map((name) =>
      wrong(
        "names",
        `there is a secret ${name} of an earlier stage`,
        `aws secretsmanager delete-secret --force-delete-without-recovery --secret-id ${name} --region ${region}`,
      ),
    ),
  ];
  return taken.length > 0 ? taken : [fine("names", "all that the stage takes are free")];
}
