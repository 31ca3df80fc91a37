import { Stack } from "aws-cdk-lib";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { MAX_BODY_BYTES } from "#functions/submit/contract.ts";
import type { Config } from "#infra/config.ts";
import { REFUSALS, refuse } from "#infra/site/firewall-refusals.ts";

/** What the firewall inspects of a body at no extra charge; longer bodies are refused. */
const INSPECTED_BYTES = 16 * 1024;
if (MAX_BODY_BYTES > INSPECTED_BYTES) throw new Error("the firewall would refuse bodies that submit accepts");

const EVALUATION_SECONDS = 300;

const visibilityOf = (name: string) => ({
  metricName: name,
  cloudWatchMetricsEnabled: true,
  // A sample has a request's path and address: a vote's request id, and who sent it.
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

/** `POST /api/v1/vote` and `POST /api/v1/elections/vote`. */
const IS_VOTE: Statement = {
  andStatement: {
    statements: [
      textMatch({ method: {} }, "EXACTLY", "POST"),
      textMatch({ uriPath: {} }, "STARTS_WITH", "/api/v1/"),
      textMatch({ uriPath: {} }, "ENDS_WITH", "/vote"),
    ],
  },
};

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

/** A rule group that AWS maintains; the rules in `counted` do not block. */
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
    visibilityConfig: visibilityOf(name),
  };
}

/** CloudFront's firewall: rate limits per address, a body size limit, and AWS's rules against known attacks. */
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
          visibilityConfig: visibilityOf("VotesPerAddress"),
        },
        {
          name: "RequestsPerAddress",
          priority: 1,
          statement: perAddress(config.requestsPerAddress),
          action: refuse("too-many-requests", 429),
          visibilityConfig: visibilityOf("RequestsPerAddress"),
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
          visibilityConfig: visibilityOf("BodySize"),
        },
        managed("AWSManagedRulesAmazonIpReputationList", 3),
        managed("AWSManagedRulesKnownBadInputsRuleSet", 4),
        // Its 8 kB limit on bodies is too small for a sealed ballot with many rankings.
        managed("AWSManagedRulesCommonRuleSet", 5, ["SizeRestrictions_BODY"]),
      ],
      visibilityConfig: visibilityOf("Firewall"),
    });
    this.arn = list.attrArn;
  }
}
