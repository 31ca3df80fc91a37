import { Stack } from "aws-cdk-lib";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { MAX_BODY_BYTES } from "#functions/submit/contract.ts";
import type { Config } from "#infra/config.ts";

/** What CloudFront lets the firewall see of a body at no extra charge; larger ones count as too large without being read. */
const INSPECTED_BYTES = 16 * 1024;
if (MAX_BODY_BYTES > INSPECTED_BYTES) throw new Error("the firewall would refuse bodies that submit accepts");

/** Over how long requests of one address are counted; five minutes is what WAF does by itself. */
const EVALUATION_SECONDS = 300;

const as = (name: string) => ({
  metricName: name,
  cloudWatchMetricsEnabled: true,
  // A sample holds the path and the address of a request: the request id of a vote, and who sent it.
  sampledRequestsEnabled: false,
});

type Rule = CfnWebACL.RuleProperty;
type Statement = CfnWebACL.StatementProperty;

const textMatch = (field: CfnWebACL.FieldToMatchProperty, constraint: string, text: string): Statement => ({
  byteMatchStatement: {
    fieldToMatch: field,
    positionalConstraint: constraint,
    searchString: text,
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
});
const PATH = { uriPath: {} } as const;

/** `POST /api/v1/vote` and `POST /api/v1/elections/vote`. */
const IS_VOTE: Statement = {
  andStatement: {
    statements: [
      textMatch({ method: {} }, "EXACTLY", "POST"),
      textMatch(PATH, "STARTS_WITH", "/api/v1/"),
      textMatch(PATH, "ENDS_WITH", "/vote"),
    ],
  },
};

/** A refusal in the form of every other refusal of the API; a firewall cannot know the voter's language, so it says both. */
const problem = (slug: string, status: number, title: string, detail: string): string =>
  JSON.stringify({ type: `/api/v1/docs#${slug}`, title, status, detail });

const REFUSALS = {
  "too-many-requests": {
    contentType: "APPLICATION_JSON",
    content: problem(
      "too-many-requests",
      429,
      "Trop de demandes / Too many requests",
      "Trop de demandes viennent de votre adresse. Attendez cinq minutes. Too many requests come from your address. Wait five minutes.",
    ),
  },
  "body-too-large": {
    contentType: "APPLICATION_JSON",
    content: problem(
      "body-too-large",
      413,
      "Demande trop grande / Request too large",
      "Rien n’a été enregistré. Nothing was recorded.",
    ),
  },
} as const;

const refuse = (key: keyof typeof REFUSALS, responseCode: 413 | 429): CfnWebACL.RuleActionProperty => ({
  block: { customResponse: { customResponseBodyKey: key, responseCode } },
});

function perAddress(limit: number, only?: Statement): Statement {
  return {
    rateBasedStatement: {
      aggregateKeyType: "IP",
      evaluationWindowSec: EVALUATION_SECONDS,
      limit,
      ...(only !== undefined && { scopeDownStatement: only }),
    },
  };
}

/** A group of rules that AWS keeps up to date; `counted` are rules of it that may only count. */
function managed(name: string, priority: number, counted: readonly string[] = []): Rule {
  return {
    name,
    priority,
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ...(counted.length > 0 && {
          ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        }),
      },
    },
    overrideAction: { none: {} },
    visibilityConfig: as(name),
  };
}

/**
 * The firewall before CloudFront: rates for each address, the size of a body, and AWS's groups against known attacks. About
 * 10 dollars a month (5 for the list, 1 for each rule), and 0.60 for a million requests.
 */
export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const list = new CfnWebACL(this, "List", {
      name: `${Stack.of(this).stackName}-firewall`,
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      customResponseBodies: REFUSALS,
      rules: [
        {
          name: "VotesPerAddress",
          priority: 0,
          statement: perAddress(config.votesPerAddress, IS_VOTE),
          action: refuse("too-many-requests", 429),
          visibilityConfig: as("VotesPerAddress"),
        },
        {
          name: "RequestsPerAddress",
          priority: 1,
          statement: perAddress(config.requestsPerAddress),
          action: refuse("too-many-requests", 429),
          visibilityConfig: as("RequestsPerAddress"),
        },
        {
          name: "BodySize",
          priority: 2,
          statement: {
            sizeConstraintStatement: {
              fieldToMatch: { body: { oversizeHandling: "MATCH" } },
              comparisonOperator: "GT",
              size: MAX_BODY_BYTES,
              textTransformations: [{ priority: 0, type: "NONE" }],
            },
          },
          action: refuse("body-too-large", 413),
          visibilityConfig: as("BodySize"),
        },
        managed("AWSManagedRulesAmazonIpReputationList", 3),
        managed("AWSManagedRulesKnownBadInputsRuleSet", 4),
        // The size of a body is judged above: this group's limit of 8 kB is below a sealed ballot with many rankings.
        managed("AWSManagedRulesCommonRuleSet", 5, ["SizeRestrictions_BODY"]),
      ],
      visibilityConfig: as("Firewall"),
    });
    this.arn = list.attrArn;
  }
}
