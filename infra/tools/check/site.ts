import { DescribeCertificateCommand, ResourceNotFoundException } from "@aws-sdk/client-acm";
import {
  ListCachePoliciesCommand,
  ListOriginRequestPoliciesCommand,
  ListResponseHeadersPoliciesCommand,
  paginateListDistributions,
} from "@aws-sdk/client-cloudfront";
import { DescribeResourcePoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type Config, SITE_REGION } from "#infra/config.ts";
import type { Clients } from "#infra/tools/check/clients.ts";
import { type Finding, fine, wrong } from "#infra/tools/check/finding.ts";

/** What the site's stack needs of the account: its certificate, its domain, and room under fixed limits. */

/** Whether a certificate's name covers a host: itself, or one label in place of `*`. */
const covers = (name: string, host: string): boolean =>
  name === host || (name.startsWith("*.") && host.slice(host.indexOf(".")) === name.slice(1));

export async function checkCertificate(
  { domain, certificateArn }: Config,
  { certificates }: Clients,
  nowMs: number,
): Promise<readonly Finding[]> {
  if (domain === undefined || certificateArn === undefined) {
    return [fine("certificate", "CloudFront's own, as the stage has no domain")];
  }
  const about = `certificate of ${domain}`;
  const certificate = await certificates.send(new DescribeCertificateCommand({ CertificateArn: certificateArn })).then(
    ({ Certificate }) => Certificate ?? {},
    (error: unknown) => {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    },
  );
  const describe = `aws acm describe-certificate --certificate-arn ${certificateArn} --region ${SITE_REGION}`;
  if (certificate === undefined) {
    const create = `aws acm request-certificate --domain-name ${domain} --validation-method DNS --region ${SITE_REGION}`;
    return [wrong(about, `there is no ${certificateArn} in this account`, create, "then set certificateArn")];
  }
  const { Status = "", NotAfter, SubjectAlternativeNames = [] } = certificate;
  if (Status === "PENDING_VALIDATION") {
    return [wrong(about, "it waits for the record in DNS that proves whose the domain is", describe)];
  }
  if (Status !== "ISSUED" || (NotAfter !== undefined && NotAfter.getTime() < nowMs)) {
    return [wrong(about, `it is ${Status}, until ${NotAfter?.toISOString() ?? "never"}`, describe)];
  }
  if (SubjectAlternativeNames.some((name) => covers(name, domain))) return [fine(about, Status)];
  return [wrong(about, `it is for ${SubjectAlternativeNames.join(", ")}`, describe)];
}

/** @param comment by which the stage's own distribution is known */
export async function checkDomain(
  { domain, stage }: Config,
  { cloudfront: client }: Clients,
): Promise<readonly Finding[]> {
  if (domain === undefined) return [];
  for await (const { DistributionList } of paginateListDistributions({ client }, {})) {
    const taken = DistributionList?.Items?.find(
      ({ Aliases, Comment }) => Aliases?.Items?.includes(domain) && Comment !== `Scrutin ${stage}`,
    );
    if (taken !== undefined) {
      return [wrong(`domain ${domain}`, `CloudFront serves it by ${taken.Id}: take it from there first`)];
    }
  }
  return [fine(`domain ${domain}`, "no other distribution of the account has it")];
}

/** AWS's limits that nobody raises in a hurry, and what a stage adds (CloudFront and CloudWatch Logs quotas). */
const ROOM = {
  "CloudFront's cache policies": { most: 20, adds: 2 },
  "CloudFront's origin request policies": { most: 20, adds: 1 },
  "CloudFront's response headers policies": { most: 20, adds: 2 },
  "resource policies of CloudWatch Logs in us-east-1": { most: 10, adds: 1 },
} as const;

/** Whether there is room for a site that does not exist yet. */
export async function checkRoom({ cloudfront, siteLogs }: Clients): Promise<readonly Finding[]> {
  const [cache, origin, headers, logs] = await Promise.all([
    cloudfront.send(new ListCachePoliciesCommand({ Type: "custom" })),
    cloudfront.send(new ListOriginRequestPoliciesCommand({ Type: "custom" })),
    cloudfront.send(new ListResponseHeadersPoliciesCommand({ Type: "custom" })),
    siteLogs.send(new DescribeResourcePoliciesCommand({})),
  ]);
  const used: Readonly<Record<keyof typeof ROOM, number>> = {
    "CloudFront's cache policies": cache.CachePolicyList?.Quantity ?? 0,
    "CloudFront's origin request policies": origin.OriginRequestPolicyList?.Quantity ?? 0,
    "CloudFront's response headers policies": headers.ResponseHeadersPolicyList?.Quantity ?? 0,
    "resource policies of CloudWatch Logs in us-east-1": logs.resourcePolicies?.length ?? 0,
  };
  const full = Object.entries(ROOM).filter(([what, { most, adds }]) => used[what as keyof typeof ROOM] + adds > most);
  if (full.length === 0) return [fine("limits", "CloudFront and its log have room for one more stage")];
  return full.map(([what, { most, adds }]) =>
    wrong(
      "limits",
      `the account has ${used[what as keyof typeof ROOM]} of ${most} ${what}, and a stage adds ${adds}: remove some that nothing uses`,
    ),
  );
}
