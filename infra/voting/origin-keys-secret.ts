import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import { lacks } from "#infra/emulator.ts";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";

/** The variable's value without CloudFront: on the laptop and on an emulator. */
const NO_KEYS = "none";

/**
 * The keys by which the API recognizes that a request came through CloudFront, and so through its firewall. Every deployment
 * of the site adds a key; until the first, no request is let in.
 */
export class OriginKeysSecret extends Construct {
  readonly #secretName: string | undefined;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    if (lacks(config, "cloudfront")) return;
    this.#secretName = secretNames(config).originKeys;
    const secret = new Secret(this, "Secret", {
      secretName: this.#secretName,
      description: "Keys by which the API knows that a request came through CloudFront",
      // A value in the template would be restored by any change to the secret; this one is random and unknown.
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

  /** Makes a function refuse requests that bypass CloudFront. */
  guard(to: ScrutinFunction): void {
    to.lambda.addEnvironment("ORIGIN_KEYS_SECRET_NAME", this.#secretName ?? NO_KEYS);
    if (this.#secretName !== undefined) to.mayReadSecret(this.#secretName);
  }
}
