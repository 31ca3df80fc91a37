import { Stack } from "aws-cdk-lib";
import { Metric, type MetricOptions } from "aws-cdk-lib/aws-cloudwatch";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { LANGUAGES } from "#core/language.ts";
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

const methodIs = (method: string): Statement => ({
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: "EXACTLY",
    searchString: method,
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
});

/** The path as the API reads it: `/api/v1/%76ote` and `/api/v1/x/../vote` are votes too. */
const pathIs = (constraint: "STARTS_WITH" | "ENDS_WITH", text: string): Statement => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: constraint,
    searchString: text,
    textTransformations: ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"].map((type, priority) => ({ priority, type })),
  },
});

const all = (...statements: readonly Statement[]): Statement => ({ andStatement: { statements: [...statements] } });
const any = (...statements: readonly Statement[]): Statement => ({ orStatement: { statements: [...statements] } });
const not = (statement: Statement): Statement => ({ notStatement: { statement } });

/** `POST /api/v1/vote` and `POST /api/v1/elections/vote`. */
const IS_VOTE = all(methodIs("POST"), pathIs("STARTS_WITH", "/api/v1/"), pathIs("ENDS_WITH", "/vote"));

/** A voter who is challenged opens the ballot's page once more, where the browser can answer: a script's request cannot. */
const IS_BALLOT_PAGE = all(
  methodIs("GET"),
  any(...LANGUAGES.map((language) => pathIs("STARTS_WITH", `/${language}/vote/`))),
);

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

/** A rule group that AWS maintains, which blocks except where a rule is named. */
function managed(
  name: string,
  priority: number,
  { counts = [], challenges = [] }: Readonly<{ counts?: readonly string[]; challenges?: readonly string[] }> = {},
): Rule {
  const overrides = [
    ...counts.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    ...challenges.map((rule) => ({ name: rule, actionToUse: { challenge: {} } })),
  ];
  return {
    name,
    priority,
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ...(overrides.length > 0 && { ruleActionOverrides: overrides }),
      },
    },
    overrideAction: { none: {} },
    visibilityConfig: visibilityOf(name),
  };
}

/** CloudFront's firewall: a challenge for addresses with many votes, a limit on their other requests, a body size limit, and AWS's rules against known attacks. */
export class Firewall extends Construct {
  readonly arn: string;
  readonly #name: string;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.#name = `${Stack.of(this).stackName}-firewall`;
    const list = new CfnWebACL(this, "List", {
      name: this.#name,
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      customResponseBodies: REFUSALS,
      rules: [
        {
          name: "VotesPerAddress",
          priority: 0,
          // Not blocked: others may vote behind the same address, and their browsers pass.
          statement: perAddress(config.votesPerAddress, any(IS_VOTE, IS_BALLOT_PAGE)),
          action: { challenge: {} },
          visibilityConfig: visibilityOf("VotesPerAddress"),
        },
        {
          name: "RequestsPerAddress",
          priority: 1,
          statement: perAddress(config.requestsPerAddress, not(IS_VOTE)),
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
        managed("AWSManagedRulesAmazonIpReputationList", 3, {
          challenges: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList"],
        }),
        managed("AWSManagedRulesKnownBadInputsRuleSet", 4),
        // Its 8 kB limit on bodies is too small for a sealed ballot with many rankings.
        managed("AWSManagedRulesCommonRuleSet", 5, { counts: ["SizeRestrictions_BODY"] }),
      ],
      // Its metrics go by this name, which no other stage of the account may have.
      visibilityConfig: visibilityOf(this.#name),
    });
    this.arn = list.attrArn;
  }

  /** Requests that any rule blocked. A firewall of CloudFront has its metrics without a region. */
  metricBlocked(options: MetricOptions): Metric {
    return new Metric({
      namespace: "AWS/WAFV2",
      metricName: "BlockedRequests",
      dimensionsMap: { WebACL: this.#name, Rule: "ALL" },
      ...options,
    });
  }
}
