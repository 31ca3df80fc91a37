import * as z from "zod";
import { afterLast } from "#local/deployment/deployment.ts";
import type { Templates } from "#local/deployment/template.ts";
import type { RouteAccess } from "#local/site/authorizer.ts";
import type { Cors } from "#local/site/http-api.ts";

/** Reads from the templates how the API is wired. */

const Route = z.object({ RouteKey: z.string(), Target: z.string() });
const GuardedRoute = z.object({
  RouteKey: z.string(),
  AuthorizationType: z.enum(["NONE", "JWT"]).default("NONE"),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});
const ROUTE_TYPE = "AWS::ApiGatewayV2::Route";
const Integration = z.object({ IntegrationUri: z.string() });

/** Logical id of the function behind each route key. */
export function readRoutes(templates: Templates): ReadonlyMap<string, string> {
  const integrations = new Map(
    templates.ofType("AWS::ApiGatewayV2::Integration").map((resource) => {
      templates.bind(resource, { ref: resource.logicalId });
      return [resource.logicalId, afterLast(templates.properties(resource, Integration).IntegrationUri, ":")];
    }),
  );
  return new Map(
    templates.ofType(ROUTE_TYPE).map((resource) => {
      const { RouteKey, Target } = templates.properties(resource, Route);
      const target = integrations.get(afterLast(Target, "/"));
      if (target === undefined) throw new Error(`the route ${RouteKey} leads to no function`);
      return [RouteKey, target] as const;
    }),
  );
}

/** Strict: an authorizer with an option that is not emulated here would let others in than in AWS. */
const Authorizer = z.strictObject({
  Name: z.string(),
  AuthorizerType: z.literal("JWT"),
  IdentitySource: z.tuple([z.literal("$request.header.Authorization")]),
  JwtConfiguration: z.strictObject({ Audience: z.array(z.string()).min(1), Issuer: z.string() }),
});

/** Which tokens each route asks for, by route key; those that anybody may ask are not among them. */
export function readAccess(templates: Templates): ReadonlyMap<string, RouteAccess> {
  const authorizers = new Map(
    templates.ofType("AWS::ApiGatewayV2::Authorizer").map((resource) => {
      templates.bind(resource, { ref: resource.logicalId });
      const { ApiId: _, ...properties } = resource.properties; // Not bound yet, and there is only one.
      const { JwtConfiguration } = templates.properties({ ...resource, properties }, Authorizer);
      return [resource.logicalId, JwtConfiguration] as const;
    }),
  );
  const routes = templates.ofType(ROUTE_TYPE).map((resource) => templates.properties(resource, GuardedRoute));
  return new Map(
    routes
      .filter(({ AuthorizationType }) => AuthorizationType === "JWT")
      .map(({ RouteKey, AuthorizerId = "", AuthorizationScopes }) => {
        const authorizer = authorizers.get(AuthorizerId);
        if (authorizer === undefined) throw new Error(`the route ${RouteKey} names no authorizer`);
        const { Issuer: issuer, Audience: audiences } = authorizer;
        return [RouteKey, { issuer, audiences, scopes: AuthorizationScopes }] as const;
      }),
  );
}

const Stage = z.object({
  DefaultRouteSettings: z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() }),
});
const Api = z.object({
  CorsConfiguration: z
    .object({
      AllowOrigins: z.array(z.string()),
      AllowMethods: z.array(z.string()),
      AllowHeaders: z.array(z.string()),
      MaxAge: z.number().int(),
    })
    .transform(
      ({ AllowOrigins, AllowMethods, AllowHeaders, MaxAge }): Cors => ({
        allowOrigins: AllowOrigins,
        allowMethods: AllowMethods,
        allowHeaders: AllowHeaders,
        maxAgeSeconds: MaxAge,
      }),
    )
    .optional(),
});

/** The API's throttle and what it allows browsers on other sites; binds the API to the address it is served at. */
export function readApi(templates: Templates) {
  const [stage] = templates.ofType("AWS::ApiGatewayV2::Stage");
  const [api] = templates.ofType("AWS::ApiGatewayV2::Api");
  if (stage === undefined || api === undefined) throw new Error("the templates hold no HTTP API");
  const { DefaultRouteSettings } = templates.properties(stage, Stage);
  const { CorsConfiguration } = templates.properties(api, Api);
  return {
    throttle: {
      rateLimit: DefaultRouteSettings.ThrottlingRateLimit,
      burstLimit: DefaultRouteSettings.ThrottlingBurstLimit,
    },
    cors: CorsConfiguration,
    servedAt: (url: string): void => templates.bind(api, { ref: api.logicalId, attributes: { ApiEndpoint: url } }),
  };
}
