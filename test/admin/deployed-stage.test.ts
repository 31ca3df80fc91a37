import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findStage } from "#admin/connection/deployed-stage.ts";
import { listen } from "#local/listening.ts";

/** How the command line finds a stage in AWS. CloudFormation's answers follow its reference. */

const TABLES = [
  "Elections",
  "Biographies",
  "Roll",
  "Votes",
  "Tallies",
  "Published",
  "Board",
  "RejectedAttempts",
  "Audit",
];
const STACKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "ca-central-1 scrutin-prod-data": {
    ...Object.fromEntries(TABLES.map((name) => [`${name}Table`, name.toLowerCase()])),
    SecretPrefix: "scrutin/prod",
  },
  "ca-central-1 scrutin-prod-voting": {
    CertifiedBucket: "certified",
    ApiUrl: "https://abc.execute-api.ca-central-1.amazonaws.com",
    VotesQueueUrl: "https://sqs.invalid/votes",
    DeadLetterQueueUrl: "https://sqs.invalid/dead",
  },
  "us-east-1 scrutin-prod-site": { SiteUrl: "https://vote.example.org" },
};

const described = (name: string, outputs: Readonly<Record<string, string>>): string =>
  `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
  <StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>
  <Outputs>${Object.entries(outputs)
    .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
    .join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
const unknown = (name: string): string =>
  `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code>
  <Message>Stack with id ${name} does not exist</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

let server: Server;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const name = new URLSearchParams(await text(request)).get("StackName") ?? "";
    // The signature names its region.
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1];
    const outputs = STACKS[`${region} ${name}`];
    response.writeHead(outputs === undefined ? 400 : 200, { "content-type": "text/xml" });
    response.end(outputs === undefined ? unknown(name) : described(name, outputs));
  });
  const port = await listen(server);
  vi.stubEnv("AWS_ENDPOINT_URL", undefined);
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFORMATION", `http://127.0.0.1:${port}`);
  vi.stubEnv("AWS_REGION", "ca-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "officer");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "officer");
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

describe("a stage in AWS", () => {
  it("is asked for results through CloudFront, whose stack is in us-east-1, since its API refuses all other requests", async () => {
    const { outputs, endpoints } = await findStage("prod");
    expect(outputs).toMatchObject({
      ApiUrl: "https://vote.example.org",
      VotesTable: "votes",
      SecretPrefix: "scrutin/prod",
    });
    expect(endpoints).toBeUndefined();
  });

  it("that was never deployed is refused with the name of the missing stack", async () => {
    await expect(findStage("nowhere")).rejects.toThrow("there is no stack scrutin-nowhere-data");
  });
});
