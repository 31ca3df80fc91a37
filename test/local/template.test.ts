import { describe, expect, test } from "vitest";
import * as z from "zod";
import { Templates } from "#local/deployment/template.ts";

const data = {
  Resources: { Votes: { Type: "Table", Properties: {} } },
  Outputs: {
    VotesTable: { Value: { Ref: "Votes" } },
    Handed: { Value: { "Fn::GetAtt": ["Votes", "StreamArn"] }, Export: { Name: "data:stream" } },
  },
};

function reading(properties: Record<string, unknown>) {
  const templates = new Templates([
    data,
    { Resources: { Reader: { Type: "Reader", Properties: properties }, Role: { Type: "Role" } } },
  ]);
  const [votes] = templates.ofType("Table");
  const [reader] = templates.ofType("Reader");
  if (votes === undefined || reader === undefined) throw new Error("the templates lack a resource");
  templates.bind(votes, { ref: "votes-1", attributes: { StreamArn: "arn:stream" } });
  return { templates, read: <T extends z.ZodType>(schema: T) => templates.properties(reader, schema) };
}

const Value = z.object({ value: z.unknown() });

describe("an expression has the value that CloudFormation gives it", () => {
  test.each([
    ["a value from another stack", { "Fn::ImportValue": "data:stream" }, "arn:stream"],
    ["a joined text", { "Fn::Join": ["/", ["a", { Ref: "AWS::Region" }, 3]] }, "a/ca-central-1/3"],
    [
      "a text with references",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
      { "Fn::Sub": "bucket-${AWS::AccountId}-${AWS::Region}" },
      "bucket-000000000000-ca-central-1",
    ],
    ["a list within an object", { in: [{ Ref: "AWS::Partition" }] }, { in: ["aws"] }],
  ])("%s", (_, value, worth) => {
    expect(reading({ value }).read(Value)).toEqual({ value: worth });
  });

  test("outputs hold the names of resources, without the exports between stacks", () => {
    expect(reading({}).templates.outputs()).toEqual({ VotesTable: "votes-1" });
  });
});

describe("a wiring mistake is an error that names the resource", () => {
  test.each([
    ["a reference to nothing", { Ref: "Missing" }, /Reader refers to Missing/],
    ["an import of nothing", { "Fn::ImportValue": "data:none" }, /Reader imports data:none/],
    ["a function of CloudFormation that is not emulated", { "Fn::Select": [0, []] }, /Reader uses Fn::Select/],
    ["a resource that does not exist on the laptop", { "Fn::GetAtt": ["Role", "Arn"] }, /Reader needs Role\.Arn/],
  ])("%s", (_, value, message) => {
    expect(() => reading({ value }).read(Value)).toThrow(message);
  });

  test("an attribute that the resource does not have", () => {
    const [votes] = reading({}).templates.ofType("Table");
    const templates = new Templates([{ ...data, Outputs: { Name: { Value: { "Fn::GetAtt": ["Votes", "Nmae"] } } } }]);
    if (votes !== undefined) templates.bind(votes, { ref: "votes-1", attributes: { Name: "votes-1" } });
    expect(() => templates.outputs()).toThrow("output Name asks for Nmae of Votes");
  });

  test("a property of the wrong type", () => {
    expect(() => reading({ value: "many" }).read(z.object({ value: z.number() }))).toThrow(/Reader Reader is not as/);
  });
});

test("an unread property may refer to what does not exist on the laptop", () => {
  const { read } = reading({ value: 1, Role: { "Fn::GetAtt": ["Role", "Arn"] } });
  expect(read(Value)).toEqual({ value: 1 });
});
