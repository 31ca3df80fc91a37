import { describe, expect, it } from "vitest";
import { readConfig } from "#infra/config.ts";

describe("the parameters of a deployment", () => {
  it("a stage that says nothing else keeps its votes, and lives in Canada", () => {
    expect(readConfig("referendum-2026")).toMatchObject({ retainData: true, region: "ca-central-1", corsOrigins: [] });
  });

  it("a stage takes the parameters of its own file", () => {
    expect(readConfig("dev").retainData).toBe(false);
  });

  it("a misspelt parameter is refused by its name", () => {
    const misspelt: Record<string, unknown> = { validateTimoutSeconds: 5 };
    expect(() => readConfig("prod", misspelt)).toThrow(/validateTimoutSeconds/);
  });

  it.each([
    [{ validateTimeoutSeconds: 0 }, /validateTimeoutSeconds/],
    [{ maxReceiveCount: 1 }, /maxReceiveCount/],
    [{ region: "Montréal" }, /region/],
    [{ corsOrigins: ["example"] }, /corsOrigins/],
    [{ tallyWindowSeconds: 0 }, /tallyWindowSeconds/],
  ])("%o is refused, and the message names the parameter", (overrides, message) => {
    expect(() => readConfig("prod", overrides)).toThrow(message);
  });

  it.each(["", "Prod", "a/b", "-prod", "a".repeat(21)])("a stage cannot be named %j", (stage) => {
    expect(() => readConfig(stage)).toThrow(/stage/);
  });
});
