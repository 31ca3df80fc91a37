import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { lacks } from "#infra/emulator.ts";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import { secretNames } from "#infra/stacks/data-stack.ts";

/** What the variable says where there is no CloudFront in front of the API: on the laptop and on an emulator. */
const NO_KEYS = "none";

/**
 * The keys by which the API knows that a request came through CloudFront, and so past its firewall. At first nobody is let
 * in; the site's stack adds a new key at every deployment.
 */
export class OriginKeys extends Construct {
  readonly #secretName: string | undefined;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    if (lacks(config, "cloudfront")) return;
    this.#secretName = secretNames(config).originKeys;
    const secret = new Secret(this, "Secret", {
      secretName: this.#secretName,
      description: "Keys by which the API knows that a request came through CloudFront",
      // Not a value that the template states: CloudFormation would put that back with any change to the secret. It begins
      // with a key that nobody ever sees.
      generateSecretString: {
        secretStringTemplate: "{}",
        generateStringKey: "unused",
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: "AwsSolutions::AwsSolutions-SMG4",
      reason: "Every deployment puts a new key in place of the last one",
    });
  }

  /** Has a function answer only what comes through CloudFront. */
  guard<Env>(to: ScrutinFunction<Env>): void {
    to.lambda.addEnvironment("ORIGIN_KEYS_SECRET_NAME", this.#secretName ?? NO_KEYS);
    if (this.#secretName !== undefined) to.mayReadSecret(this.#secretName);
  }
}
