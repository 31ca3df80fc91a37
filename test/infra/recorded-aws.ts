import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** An account of AWS as a server that gives recorded answers, of the shapes in AWS's API references. */

/** An answer: JSON as an object, XML as text, or an error by its code. */
export type Answer =
  | string
  | Readonly<Record<string, unknown>>
  | Readonly<{ error: string; says: string; status: number }>;
/** By operation, or by operation and region; a function gets the request's body. */
export type Answers = Readonly<Record<string, Answer | ((body: string) => Answer)>>;

const isError = (answer: Answer): answer is Readonly<{ error: string; says: string; status: number }> =>
  typeof answer === "object" && "error" in answer;

export const failure = (error: string, says = "", status = 400) => ({ error, says, status });

/** Operations of services that are asked by path. */
const BY_PATH: readonly (readonly [RegExp, string])[] = [
  [/account-settings/, "GetAccountSettings"],
  [/\/distribution(?:\?|$)/, "ListDistributions"],
  [/\/cache-policy/, "ListCachePolicies"],
  [/\/origin-request-policy/, "ListOriginRequestPolicies"],
  [/\/response-headers-policy/, "ListResponseHeadersPolicies"],
];

function operationOf(target: string | undefined, url: string, body: string): string {
  if (target !== undefined) return target.slice(target.lastIndexOf(".") + 1);
  const action = new URLSearchParams(body).get("Action");
  return action ?? BY_PATH.find(([path]) => path.test(url))?.[1] ?? url;
}

export type RecordedAws = Readonly<{
  /** For AWS_ENDPOINT_URL. */
  url: string;
  /** Operations asked, in order. */
  asked: readonly string[];
  close(): void;
}>;

export async function recordedAws(answers: Answers): Promise<RecordedAws> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { "x-amz-target": target, authorization = "" } = request.headers;
    const operation = operationOf(target?.toString(), request.url ?? "", body);
    const [, region = ""] = /Credential=[^/]+\/\d+\/([\w-]+)\//.exec(authorization) ?? [];
    asked.push(operation);
    const found = answers[`${operation} ${region}`] ?? answers[operation];
    const answer = typeof found === "function" ? found(body) : (found ?? failure("NotRecorded", operation, 500));
    const isXml = target === undefined && (body.includes("Action=") || request.url?.startsWith("/20") === true);
    if (isError(answer)) {
      const { error, says, status } = answer;
      const written = isXml
        ? `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>${says}</Message></Error><RequestId>1</RequestId></ErrorResponse>`
        : JSON.stringify({ __type: error, message: says });
      response.writeHead(status, { "x-amzn-errortype": error }).end(written);
      return;
    }
    response.writeHead(200).end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const ACCOUNT = "123456789012";

/** CloudFormation's answer for one stack (API reference, DescribeStacks). */
export const stack = (name: string, status: string, outputs: Readonly<Record<string, string>> = {}): string =>
  `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
    <StackName>${name}</StackName><StackId>arn:aws:cloudformation:ca-central-1:${ACCOUNT}:stack/${name}/1</StackId>
    <StackStatus>${status}</StackStatus><CreationTime>2026-11-01T00:00:00Z</CreationTime><DisableRollback>false</DisableRollback>
    <Outputs>${Object.entries(outputs)
      .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
      .join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

/** CloudFormation's answer to DescribeStacks, by stack; one that is not named does not exist. */
export const stacks =
  (statuses: Readonly<Record<string, string>>) =>
  (body: string): Answer => {
    const name = new URLSearchParams(body).get("StackName") ?? "";
    const answer = { CDKToolkit: stack("CDKToolkit", "CREATE_COMPLETE", { BootstrapVersion: "28" }), ...statuses }[
      name
    ];
    if (answer === undefined) return failure("ValidationError", `Stack with id ${name} does not exist`);
    return answer.startsWith("<") ? answer : stack(name, answer);
  };

const policies = (name: string, quantity: number): string =>
  `<${name} xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><MaxItems>100</MaxItems><Quantity>${quantity}</Quantity><Items/></${name}>`;

/** A grown account in which nothing of Scrutin exists yet. */
export const EMPTY_ACCOUNT: Answers = {
  GetCallerIdentity: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::${ACCOUNT}:user/Ada</Arn><UserId>AIDA</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  DescribeStacks: stacks({}),
  GetRole: failure("NoSuchEntity", "The role cannot be found.", 404),
  ListAliases: {
    Aliases: [{ AliasName: "alias/aws/sqs", AliasArn: `arn:aws:kms:ca-central-1:${ACCOUNT}:alias/aws/sqs` }],
    Truncated: false,
  },
  ListSecrets: { SecretList: [] },
  DescribeLogGroups: { logGroups: [] },
  GetAccountSettings: {
    AccountLimit: {
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
      ConcurrentExecutions: 1000,
      TotalCodeSize: 80_530_636_800,
      UnreservedConcurrentExecutions: 1000,
    },
    AccountUsage: { FunctionCount: 0, TotalCodeSize: 0 },
  },
  DescribeLimits: {
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  },
  GetServiceQuota: failure(
    "NoSuchResourceException",
    "The request failed because the specified service quota does not exist.",
  ),
  GetAWSDefaultServiceQuota: {
    Quota: {
      ServiceCode: "apigateway",
      QuotaCode: "L-8A5B8E43",
      QuotaName: "Throttle rate",
      Value: 10_000,
      Adjustable: true,
    },
  },
  DescribeCertificate: {
    Certificate: {
      Status: "ISSUED",
      DomainName: "vote.example.org",
      SubjectAlternativeNames: ["vote.example.org"],
      NotAfter: Date.parse("2099-01-01") / 1000,
    },
  },
  ListDistributions: `<DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>0</Quantity></DistributionList>`,
  ListCachePolicies: policies("CachePolicyList", 0),
  ListOriginRequestPolicies: policies("OriginRequestPolicyList", 0),
  ListResponseHeadersPolicies: policies("ResponseHeadersPolicyList", 0),
  DescribeResourcePolicies: { resourcePolicies: [] },
};

/** `EMPTY_ACCOUNT` with CloudFront's policies used up. */
export const usedUp = { ListCachePolicies: policies("CachePolicyList", 19) } as const;

/** A distribution that serves a domain (CloudFront API, ListDistributions). */
export const distribution = (id: string, domain: string, comment: string): string =>
  `<DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity><Items>
    <DistributionSummary><Id>${id}</Id><Comment>${comment}</Comment><Aliases><Quantity>1</Quantity><Items><CNAME>${domain}</CNAME></Items></Aliases></DistributionSummary></Items></DistributionList>`;
