import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/** Who may read the elections' secrets: not whoever has the right to read secrets. */

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Statement = z.strictObject({
  Effect: z.literal("Allow"),
  Principal: z.strictObject({ AWS: z.unknown() }),
  Action: oneOrMore,
  Resource: z.literal("*"),
  Condition: z
    .strictObject({
      StringEquals: z.strictObject({ "kms:ViaService": z.literal("secretsmanager.ca-central-1.amazonaws.com") }),
      ArnEquals: z.strictObject({ "aws:PrincipalArn": z.unknown() }),
    })
    .optional(),
});
const Key = z.object({
  EnableKeyRotation: z.literal(true),
  KeyPolicy: z.object({ Statement: z.array(Statement) }),
});

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

const ROLE = "arn:AWS::Partition:iam::AWS::AccountId:role/scrutin-rules-";

/** The roles that a key's policy lets do something, without their common prefix. */
function allowed(id: string, action: string): readonly string[] {
  const { KeyPolicy } = stage.part("AWS::KMS::Key", id, Key).properties;
  return KeyPolicy.Statement.filter(({ Action }) => Action.includes(`kms:${action}`))
    .map(({ Condition }) =>
      Condition === undefined ? "the account" : stage.read(Condition.ArnEquals["aws:PrincipalArn"]).replace(ROLE, ""),
    )
    .sort();
}

const READERS: Readonly<Record<string, readonly string[]>> = {
  AcknowledgementKeyEncryption: ["apply-elections", "officer", "submit"],
  PepperEncryption: ["apply-elections", "office", "office-roll", "officer", "submit"],
  BallotKeyEncryption: ["apply-elections", "office", "office-work", "officer", "recount", "tally"],
  SigningKeyEncryption: ["office", "office-roll", "office-work", "officer", "state-opening"],
  ReceiptKeyEncryption: ["apply-elections", "office", "officer", "results", "submit", "vote-status"],
  StampKeyEncryption: [
    "apply-elections",
    "office",
    "office-roll",
    "office-work",
    "officer",
    "recount",
    "submit",
    "tally",
  ],
};
const KEYS = Object.keys(READERS);
const REGISTERING = ["apply-elections", "office", "officer"];
const MAKERS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(KEYS.map((id) => [id, REGISTERING])),
  SigningKeyEncryption: ["office-roll", "office-work", "officer", "state-opening"],
  // From the command line or by a deployment: the ceremony is a folder.
  AcknowledgementKeyEncryption: ["apply-elections", "officer"],
};

describe.each(KEYS)("%s", (id) => {
  it("is for the roles that its policy names, and for no administrator", () => {
    expect(allowed(id, "Decrypt")).toEqual(READERS[id]);
    expect(allowed(id, "GenerateDataKey")).toEqual(MAKERS[id]);
    const { KeyPolicy } = stage.part("AWS::KMS::Key", id, Key).properties;
    const ofTheAccount = KeyPolicy.Statement.filter(({ Condition }) => Condition === undefined).flatMap(
      ({ Action }) => Action,
    );
    expect(ofTheAccount.filter((action) => /Crypt|Generate|Grant|Sign|Mac|\*/i.test(action))).toEqual([]);
  });

  it("stays under the account's power: its policy can be changed, and it can be deleted", () => {
    for (const action of ["PutKeyPolicy", "ScheduleKeyDeletion"]) expect(allowed(id, action)).toEqual(["the account"]);
  });
});

describe("the roles that keys name", () => {
  it("exist by those names", () => {
    const Role = z.object({ RoleName: z.string().optional() });
    const names = stage.parts("AWS::IAM::Role", Role).map(({ properties }) => properties.RoleName);
    for (const name of new Set(Object.values(READERS).flat())) expect(names).toContain(`scrutin-rules-${name}`);
  });

  it("the officer's is for the principals that the stage names, or else for the account", () => {
    const Role = z.object({ AssumeRolePolicyDocument: z.object({ Statement: z.array(z.unknown()) }) });
    const { AssumeRolePolicyDocument } = stage.part("AWS::IAM::Role", "OfficerRole", Role).properties;
    expect(JSON.stringify(AssumeRolePolicyDocument)).toContain("arn:aws:iam::123456789012:role/returning-officer");
    expect(JSON.stringify(AssumeRolePolicyDocument)).not.toContain(":root");
  });
});

it("the officer's role destroys what is shredded, and deletes other secrets only with a week in which they can be restored", () => {
  const Policy = z.object({
    PolicyDocument: z.object({
      Statement: z.array(
        z.object({ Action: oneOrMore, Resource: z.unknown(), Condition: z.record(z.string(), z.unknown()).optional() }),
      ),
    }),
  });
  const deleting = stage
    .parts("AWS::IAM::Policy", Policy)
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Action }) => Action.includes("secretsmanager:DeleteSecret"))
    .map(({ Resource, Condition }) => [/[a-z]+-?key|pepper/.exec(stage.read(Resource))?.[0], Condition]);
  const window = { NumericGreaterThanEquals: { "secretsmanager:RecoveryWindowInDays": 7 } };
  expect(Object.fromEntries(deleting)).toEqual({
    ...{ pepper: undefined, "receipt-key": undefined },
    ...{ "acknowledgement-key": window, "ballot-key": window, "stamp-key": window, "signing-key": window },
  });
});

it("each kind of secret is encrypted by its own key, by the alias under which storage makes it", () => {
  const Alias = z.object({ AliasName: z.string(), TargetKeyId: z.unknown() });
  const aliases = stage
    .parts("AWS::KMS::Alias", Alias)
    .map(({ properties }) => `${properties.AliasName} ${stage.read(properties.TargetKeyId)}`);
  for (const kind of ["acknowledgement-key", "pepper", "ballot-key", "signing-key", "stamp-key", "receipt-key"]) {
    const id = kind.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
    expect(aliases).toContain(`alias/scrutin/rules/${kind} ${id}Encryption.Arn`);
  }
});
