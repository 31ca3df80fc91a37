import { Duration, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { capacityFor } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import { logGroup } from "#infra/functions/log-group.ts";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import { API_LOG_RECORD } from "#infra/log-records.ts";
import { type OfficeSignIn, officeScope } from "#infra/office/sign-in.ts";
import { OriginKeysSecret } from "#infra/voting/origin-keys-secret.ts";

const API_PREFIX = "/api/v1";

/** For functions behind the API. API Gateway itself gives up after 30 s; a voter gives up long before. */
export const HTTP_TIMEOUT_SECONDS = 10;

/** For the office's functions: an officer waits while a roll is counted and signed, as long as API Gateway does. */
export const OFFICE_TIMEOUT_SECONDS = 29;

type Access = Readonly<{ authorizer: IHttpRouteAuthorizer; authorizationScopes?: string[] }>;
const ANYBODY: Access = { authorizer: new HttpNoneAuthorizer() };

/** The HTTP API in front of the functions. */
export class Api extends Construct {
  readonly httpApi: HttpApi;
  readonly accessLog: LogGroup;
  readonly signIn: OfficeSignIn;
  readonly #originKeys: OriginKeysSecret;
  readonly #signedIn: Access;

  constructor(scope: Construct, id: string, config: Config, signIn: OfficeSignIn) {
    super(scope, id);
    this.signIn = signIn;
    const required = officeScope(config);
    this.#signedIn = {
      authorizer: new HttpJwtAuthorizer("Office", signIn.issuer, { jwtAudience: [signIn.audience] }),
      ...(required !== undefined && { authorizationScopes: [required] }),
    };
    this.#originKeys = new OriginKeysSecret(this, "OriginKeys", config);
    const { requestsPerSecond, burst } = capacityFor(config).api;
    this.httpApi = new HttpApi(this, "HttpApi", {
      description: `Scrutin ${config.stage}`,
      createDefaultStage: false,
      ...(config.corsOrigins.length > 0 && {
        corsPreflight: {
          allowOrigins: [...config.corsOrigins],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
          allowHeaders: ["content-type", "accept-language", REQUEST_ID_HEADER],
          maxAge: Duration.hours(1),
        },
      }),
    });
    this.accessLog = logGroup(this, "AccessLog", config);
    this.httpApi.addStage("Stage", {
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(API_LOG_RECORD)),
      },
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-APIG4",
      reason: "Results are public, and a voter is known by the credentials in the request, which submit checks",
    });
  }

  /** @param routes such as `GET /results/{law_id}`, without the API's prefix; HEAD is answered where GET is */
  routes(to: ScrutinFunction, ...routes: readonly string[]): this {
    return this.#route(to, API_PREFIX, routes, ANYBODY);
  }

  /** @param routes such as `GET /office/me`, without the API's prefix: only for people who are signed in */
  officeRoutes(to: ScrutinFunction, ...routes: readonly string[]): this {
    return this.#route(to, API_PREFIX, routes, this.#signedIn);
  }

  /** @param routes such as `GET /en/embed/{address+}`: pages of the site that a function makes */
  pages(to: ScrutinFunction, ...routes: readonly string[]): this {
    return this.#route(to, "", routes, ANYBODY);
  }

  #route(to: ScrutinFunction, prefix: string, routes: readonly string[], access: Access): this {
    this.#originKeys.guard(to);
    const integration = new HttpLambdaIntegration(`${to.node.id}Integration`, to.lambda);
    for (const route of routes) {
      const [method = "", path = ""] = route.split(" ");
      this.httpApi.addRoutes({
        path: `${prefix}${path}`,
        methods: method === "GET" ? [HttpMethod.GET, HttpMethod.HEAD] : [HttpMethod[method as keyof typeof HttpMethod]],
        integration,
        ...access,
      });
    }
    return this;
  }

  /** Sends requests that match no route to a function. */
  otherwise(to: ScrutinFunction): this {
    new HttpRoute(this, "Otherwise", {
      httpApi: this.httpApi,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration("OtherwiseIntegration", to.lambda),
    });
    return this;
  }
}
