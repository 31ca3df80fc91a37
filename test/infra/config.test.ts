import { describe, expect, it } from "vitest";
import { readConfig } from "#infra/config.ts";

describe("the parameters of a deployment", () => {
  it("by default a stage keeps its votes, and is in Canada", () => {
    expect(readConfig("referendum-2026")).toMatchObject({ retainData: true, region: "ca-central-1", corsOrigins: [] });
  });

  it("a stage has the parameters in its file", () => {
    expect(readConfig("dev").retainData).toBe(false);
  });

  it("a misspelt parameter is refused by name", () => {
    const misspelt: Record<string, unknown> = { validateTimoutSeconds: 5 };
    expect(() => readConfig("prod", misspelt)).toThrow(/validateTimoutSeconds/);
  });

  const domain = "vote.example.org";
  const certificate = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/${"0".repeat(36)}`;

  it.each([
    [{ validateTimeoutSeconds: 0 }, /validateTimeoutSeconds/],
    [{ maxReceiveCount: 1 }, /maxReceiveCount/],
    [{ validateBatchSize: 11 }, /at least 1 when validateBatchSize is above 10[\s\S]*validateBatchWindowSeconds/],
    [{ region: "Montréal" }, /an AWS region such as ca-central-1[\s\S]*region/],
    [{ corsOrigins: ["example"] }, /corsOrigins/],
    [{ tallyWindowSeconds: 0 }, /tallyWindowSeconds/],
    [{ expectedVotesPerSecond: 0 }, /expectedVotesPerSecond/],
    [{ domain, certificateArn: certificate("ca-central-1") }, /certificate in us-east-1[\s\S]*certificateArn/],
    [{ domain }, /domain and certificateArn go together/],
    [{ certificateArn: certificate("us-east-1") }, /domain and certificateArn go together/],
    [{ domain: "https://vote.example.org", certificateArn: certificate("us-east-1") }, /host name[\s\S]*domain/],
    [{ alarmEmail: "nobody" }, /e-mail address[\s\S]*alarmEmail/],
    [{ votesPerAddress: 500, requestsPerAddress: 100 }, /requestsPerAddress/],
    [{ votesPerAddress: 9 }, /votesPerAddress/],
    [{ electionsFolder: "" }, /electionsFolder/],
    [{ officeIssuer: "https://login.example.org" }, /officeIssuer and officeAudience go together/],
    [{ officeAudience: "office" }, /officeIssuer and officeAudience go together/],
    [{ officeScope: "office" }, /name it in officeIssuer/],
    [{ officeIssuer: "http://login.example.org", officeAudience: "office" }, /https address[\s\S]*officeIssuer/],
    [{ voterIssuers: ["http://localhost.example.org"] }, /https address[\s\S]*voterIssuers/],
  ])("%o is refused, and the message names the parameter", (overrides, message) => {
    // A stage without a file, so that no file supplies what is left out here.
    expect(() => readConfig("unwritten", overrides)).toThrow(message);
  });

  it.each(["", "Prod", "a/b", "-prod", "a".repeat(21)])("a stage cannot be named %j", (stage) => {
    expect(() => readConfig(stage)).toThrow(/stage/);
  });
});
