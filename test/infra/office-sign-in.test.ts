import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import { OFFICE_FUNCTION_ROUTES, OPEN_ROUTES } from "#functions/office/contract.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

let stage: Stage;
let local: Stage;
beforeAll(async () => {
  [stage, local] = await Promise.all([sharedStage("rules"), sharedStage("local")]);
});

const Route = z.object({
  RouteKey: z.string(),
  AuthorizationType: z.string(),
  AuthorizerId: z.unknown().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});
const routes = (of: Stage) => of.parts("AWS::ApiGatewayV2::Route", Route).map(({ properties }) => properties);
const isOffice = ({ RouteKey }: z.infer<typeof Route>): boolean => RouteKey.includes(" /api/v1/office/");
const isOpen = ({ RouteKey }: z.infer<typeof Route>): boolean =>
  OPEN_ROUTES.some((route) => RouteKey.replace("HEAD", "GET").replace("/api/v1", "") === route);

describe("every route of the office", () => {
  it("is behind the authorizer and asks for a scope, but the one that says how to sign in", () => {
    const office = routes(stage).filter(isOffice);
    expect(office.length).toBeGreaterThan(Object.keys(OFFICE_FUNCTION_ROUTES).length);
    for (const route of office) {
      const expected = isOpen(route) ? ["NONE", []] : ["JWT", ["scrutin/office"]];
      expect([route.RouteKey, route.AuthorizationType, route.AuthorizationScopes]).toEqual([
        route.RouteKey,
        ...expected,
      ]);
    }
    expect(office.filter(isOpen)).toHaveLength(2);
  });

  it("is the only kind that asks for a token: nobody needs one to vote or to read", () => {
    for (const route of routes(stage).filter((each) => !isOffice(each))) expect(route.AuthorizationType).toBe("NONE");
  });
});

const Authorizer = z.object({
  AuthorizerType: z.literal("JWT"),
  IdentitySource: z.tuple([z.literal("$request.header.Authorization")]),
  JwtConfiguration: z.object({ Audience: z.array(z.unknown()), Issuer: z.unknown() }),
});
const authorizers = (of: Stage) =>
  of.parts("AWS::ApiGatewayV2::Authorizer", Authorizer).map(({ properties }) => properties.JwtConfiguration);

describe("the stage's own user pool", () => {
  const Pool = z.object({
    AdminCreateUserConfig: z.object({ AllowAdminCreateUserOnly: z.literal(true) }),
    MfaConfiguration: z.literal("ON"),
    EnabledMfas: z.tuple([z.literal("SOFTWARE_TOKEN_MFA")]),
    WebAuthnUserVerification: z.literal("required"),
    WebAuthnFactorConfiguration: z.literal("MULTI_FACTOR_WITH_USER_VERIFICATION"),
    Policies: z.object({
      PasswordPolicy: z.object({ MinimumLength: z.number().min(14) }),
      SignInPolicy: z.object({ AllowedFirstAuthFactors: z.array(z.string()) }),
    }),
    UserPoolTier: z.literal("PLUS"),
    UserPoolAddOns: z.object({ AdvancedSecurityMode: z.literal("ENFORCED") }),
    DeletionProtection: z.literal("ACTIVE"),
    AccountRecoverySetting: z.object({ RecoveryMechanisms: z.tuple([z.object({ Name: z.literal("admin_only") })]) }),
  });

  it("lets nobody sign up, and in by two factors only", () => {
    const pool = stage.part("AWS::Cognito::UserPool", "", Pool);
    expect(pool.properties.Policies.SignInPolicy.AllowedFirstAuthFactors).toEqual(["PASSWORD", "WEB_AUTHN"]);
    expect(pool.kept).toBe(true);
  });

  it("has the office's groups", () => {
    const groups = stage.parts("AWS::Cognito::UserPoolGroup", z.object({ GroupName: z.string() }));
    expect(groups.map(({ properties }) => properties.GroupName).toSorted()).toEqual([...OFFICE_GROUPS].toSorted());
  });

  it("has one client, of pages that keep no secret: code and PKCE, short tokens that rotate, back to this site only", () => {
    const Client = z.object({
      GenerateSecret: z.literal(false),
      AllowedOAuthFlows: z.tuple([z.literal("code")]),
      AllowedOAuthScopes: z.array(z.unknown()),
      AccessTokenValidity: z.literal(5),
      RefreshTokenValidity: z.number().max(720),
      RefreshTokenRotation: z.object({ Feature: z.literal("ENABLED") }),
      EnableTokenRevocation: z.literal(true),
      PreventUserExistenceErrors: z.literal("ENABLED"),
      ExplicitAuthFlows: z.tuple([z.literal("ALLOW_USER_AUTH")]),
      CallbackURLs: z.array(z.string()),
      LogoutURLs: z.array(z.string()),
      SupportedIdentityProviders: z.tuple([z.literal("COGNITO")]),
    });
    const [client, ...others] = stage.parts("AWS::Cognito::UserPoolClient", Client);
    expect(others).toEqual([]);
    const pages = (name: string) =>
      ["fr", "en"].map((language) => `https://vote.example.org/${language}/office/${name}`);
    expect(client?.properties.CallbackURLs).toEqual(pages("signed-in"));
    expect(client?.properties.LogoutURLs).toEqual(pages("signed-out"));
  });

  it("is the authorizer's issuer, and its client the audience", () => {
    const [authorizer, ...others] = authorizers(stage);
    expect(others).toEqual([]);
    expect(stage.read(authorizer?.Issuer)).toBe("https://OfficePoolPeople.ProviderName");
    expect(authorizer?.Audience.map((each) => stage.read(each))).toEqual(["OfficePoolPeopleClient"]);
  });
});

describe("another issuer", () => {
  it("takes the user pool's place", () => {
    expect(authorizers(local)).toEqual([{ Issuer: "http://localhost:3001/office", Audience: ["scrutin-office"] }]);
    for (const route of routes(local)
      .filter(isOffice)
      .filter((each) => !isOpen(each))) {
      expect(route.AuthorizationScopes).toEqual(["office"]);
    }
    expect(local.parts("AWS::Cognito::UserPool", z.unknown())).toEqual([]);
  });
});

it("the stage says whether two officers are needed", () => {
  expect(stage.function("office").properties.Environment.Variables.TWO_OFFICERS).toBe("yes");
  expect(local.function("office").properties.Environment.Variables.TWO_OFFICERS).toBe("no");
});
