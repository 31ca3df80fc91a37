import { Duration } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod, HttpNoneAuthorizer, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import type { ScrutinFunction } from "#infra/function.ts";

const API_PREFIX = "/api/v1";

/** The HTTP API in front of the functions. */
export class Api extends Construct {
  readonly httpApi: HttpApi;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.httpApi = new HttpApi(this, "HttpApi", {
      description: `Scrutin ${config.stage}`,
      createDefaultStage: false,
      ...(config.corsOrigins.length > 0 && {
        corsPreflight: {
          allowOrigins: [...config.corsOrigins],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
          allowHeaders: ["content-type", "accept-language"],
          maxAge: Duration.hours(1),
        },
      }),
    });
    this.httpApi.addStage("Stage", {
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: config.apiRequestsPerSecond, burstLimit: config.apiBurst },
    });
  }

  /** Sends requests such as `GET /results/{law_id}`, below the API's prefix, to a function. */
  routes<Env>(to: ScrutinFunction<Env>, ...routes: readonly string[]): this {
    const integration = new HttpLambdaIntegration(`${to.node.id}Integration`, to.lambda);
    for (const route of routes) {
      const [method = "", path = ""] = route.split(" ");
      this.httpApi.addRoutes({
        path: `${API_PREFIX}${path}`,
        methods: [HttpMethod[method as keyof typeof HttpMethod]],
        integration,
        authorizer: new HttpNoneAuthorizer(),
      });
    }
    return this;
  }

  /** Sends everything that no route takes to a function. */
  otherwise<Env>(to: ScrutinFunction<Env>): this {
    this.httpApi.addRoutes({
      path: HttpRouteKey.DEFAULT.path ?? "/{proxy+}",
      integration: new HttpLambdaIntegration("OtherwiseIntegration", to.lambda),
    });
    return this;
  }
}
