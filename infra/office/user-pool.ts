import { CfnOutput, Duration, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  type CfnUserPool,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import type { Config } from "#infra/config.ts";
import { removal } from "#infra/data/removal.ts";
import { lacks } from "#infra/emulator.ts";
import { POOL_SCOPE, poolDomainPrefix } from "#infra/office/sign-in.ts";

/** Cognito's least. What a signed-out officer's token may still do is refused by the functions. */
const ACCESS_TOKEN = Duration.minutes(5);
/** A working day: on the next, everybody signs in again. */
const SIGNED_IN_FOR = Duration.hours(12);
/** Of a renewal whose answer was lost on its way. */
const RENEWED_AGAIN_WITHIN = Duration.seconds(10);
const TEMPORARY_PASSWORD = Duration.days(3);

const LANGUAGES = ["fr", "en"] as const;

/** The people of the office. Nobody signs up by themselves, and a password alone lets nobody in. */
export class OfficePool extends Construct {
  readonly issuer: string;
  readonly clientId: string;

  /** @param siteUrl where the site is served; undefined before the first deployment of a stage without a domain */
  constructor(scope: Construct, config: Config, siteUrl: string | undefined) {
    super(scope, "OfficePool");
    const pool = new UserPool(this, "People", {
      userPoolName: `scrutin-${config.stage}-office`,
      selfSignUpEnabled: false,
      // The name is what the audit shows of somebody: an address alone would be a token's random id.
      signInAliases: { username: true, email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: TEMPORARY_PASSWORD,
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false, email: false },
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      // Whoever loses a password or a phone comes to another officer, not to their mailbox.
      accountRecovery: AccountRecovery.NONE,
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: config.retainData,
      removalPolicy: removal(config),
    });
    // A passkey that checks its person counts as two factors. The CDK's construct has no name for that yet.
    const resource = pool.node.defaultChild as CfnUserPool;
    resource.webAuthnFactorConfiguration = "MULTI_FACTOR_WITH_USER_VERIFICATION";

    for (const groupName of OFFICE_GROUPS) pool.addGroup(`Group-${groupName}`, { groupName });
    const domain = pool.addDomain("Domain", {
      cognitoDomain: { domainPrefix: poolDomainPrefix(config) },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    const client = this.#client(pool, siteUrl ?? "https://not-deployed-yet.invalid");
    if (!lacks(config, "managed-login")) {
      new CfnManagedLoginBranding(this, "Pages", {
        userPoolId: pool.userPoolId,
        clientId: client.userPoolClientId,
        useCognitoProvidedValues: true,
      }).node.addDependency(domain);
    }
    Validations.of(pool).acknowledge({
      id: "AwsSolutions::AwsSolutions-COG8",
      reason: "The plan is PLUS, with threat protection; the rule reads an older property",
    });
    // Its ProviderURL, by an attribute that emulators have too.
    this.issuer = `https://${pool.userPoolProviderName}`;
    this.clientId = client.userPoolClientId;
    new CfnOutput(scope, "OfficePoolId", { value: pool.userPoolId });
    new CfnOutput(scope, "OfficeClientId", { value: this.clientId });
  }

  /** The office's pages: a script keeps no secret, and proves itself by PKCE. */
  #client(pool: UserPool, siteUrl: string): UserPoolClient {
    const scope = new ResourceServerScope({ scopeName: POOL_SCOPE.name, scopeDescription: "The office's API" });
    const server = pool.addResourceServer("Api", { identifier: POOL_SCOPE.server, scopes: [scope] });
    const pages = (name: string): string[] => LANGUAGES.map((language) => `${siteUrl}/${language}/office/${name}`);
    return pool.addClient("Client", {
      userPoolClientName: "office",
      generateSecret: false,
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.resourceServer(server, scope)],
        callbackUrls: pages("signed-in"),
        logoutUrls: pages("signed-out"),
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      accessTokenValidity: ACCESS_TOKEN,
      idTokenValidity: ACCESS_TOKEN,
      refreshTokenValidity: SIGNED_IN_FOR,
      refreshTokenRotationGracePeriod: RENEWED_AGAIN_WITHIN,
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
  }
}
