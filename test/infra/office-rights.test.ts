import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/** What the console's functions, and everybody else, may not do, whatever else they come to be allowed. */

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Document = z.object({
  Statement: z.array(
    z.object({ Effect: z.string(), Action: oneOrMore, Resource: z.unknown(), Condition: z.unknown().optional() }),
  ),
});
const Policy = z.object({ PolicyDocument: Document });
const Role = z.object({ Policies: z.array(Policy).default([]) });

/** What any role of the stage may do, in any way that CloudFormation has to say so: `action on resource`. */
function everyRight(): readonly string[] {
  const documents = [
    ...["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"].flatMap((type) =>
      stage.parts(type, Policy).map(({ properties }) => properties.PolicyDocument),
    ),
    ...stage
      .parts("AWS::IAM::Role", Role)
      .flatMap(({ properties }) => properties.Policies.map(({ PolicyDocument }) => PolicyDocument)),
  ];
  return documents
    .flatMap(({ Statement }) => Statement)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action, Resource }) =>
      [Resource].flat().flatMap((resource) => Action.map((action) => `${action} on ${stage.read(resource)}`)),
    );
}

/** What reads or adds, and changes nothing that is there. */
const APPENDS = ["dynamodb:PartiQLInsert", "dynamodb:Query", "dynamodb:Scan", "dynamodb:GetItem"];

describe("the audit", () => {
  it("can be added to and read, and by no role of the stage changed or deleted", () => {
    const rights = everyRight();
    const onAudit = rights.filter((right) => right.endsWith(" on Audit.Arn"));
    expect(onAudit.length).toBeGreaterThan(0);
    expect(onAudit.filter((right) => !APPENDS.includes(right.split(" on ")[0] ?? ""))).toEqual([]);
  });

  it("is not reached by a right to tables of any name", () => {
    const broad = everyRight().filter((right) => /^(?:\*|dynamodb:)/.test(right) && /[*]/.test(right));
    expect(broad).toEqual([]);
  });

  it("outlives its stack, and can be restored to any second of the last weeks", () => {
    const Table = z.object({
      Replicas: z.array(
        z.object({
          DeletionProtectionEnabled: z.boolean(),
          PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
        }),
      ),
    });
    const { kept, properties } = stage.part("AWS::DynamoDB::GlobalTable", "Audit", Table);
    expect(kept).toBe(true);
    for (const { DeletionProtectionEnabled, PointInTimeRecoverySpecification } of properties.Replicas) {
      expect([DeletionProtectionEnabled, PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled]).toEqual([
        true,
        true,
      ]);
    }
  });
});

describe("the console's functions", () => {
  const secretsOf = (name: string): readonly string[] =>
    stage
      .rightsOf(name)
      .flatMap(
        (right) => /^secretsmanager:GetSecretValue on .*:secret:scrutin\/rules\/([a-z-]+)\//.exec(right)?.[1] ?? [],
      );
  const ofOffice = (): readonly string[] => [...stage.functions().keys()].filter((name) => name.startsWith("office"));

  /** The kinds of elections' secrets that each may read at most. */
  const MAY_READ: Readonly<Record<string, readonly string[]>> = {
    office: ["signing-key"],
    // Hashes the roll, and strikes codes off it.
    "office-roll": ["pepper", "stamp-key", "signing-key"],
    // Opens ballots, certifies and signs; it destroys peppers, and reads none.
    "office-work": ["ballot-key", "stamp-key", "signing-key"],
  };

  it("are these, each with a role of its own", () => {
    expect(ofOffice().filter((name) => MAY_READ[name] === undefined)).toEqual([]);
  });

  it("read no other secret: the one that answers officers neither peppers nor ballot keys, and none both", () => {
    for (const name of ofOffice()) {
      const read = secretsOf(name);
      expect(
        read.filter((kind) => MAY_READ[name]?.includes(kind) !== true),
        name,
      ).toEqual([]);
      expect(read.includes("pepper") && read.includes("ballot-key"), name).toBe(false);
    }
  });

  it("read no stored ballot where somebody is answered", () => {
    for (const name of ["office", "office-roll"].filter((one) => ofOffice().includes(one))) {
      const reads = stage
        .rightsOf(name)
        .filter((right) => /^dynamodb:(?:GetItem|BatchGetItem|Query|Scan|PartiQLSelect) on Votes\.Arn/.test(right));
      expect(reads, name).toEqual([]);
    }
  });
});
