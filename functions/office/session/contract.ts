import * as z from "zod/mini";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";

/** Who is signed in, and signing out. */

export const SESSION_ROUTES = {
  "GET /office/me": { groups: OFFICE_GROUPS },
  "POST /office/sign-out": { groups: OFFICE_GROUPS, act: "sign out" },
} as const satisfies OfficeRoutes;

export const Me = z.object({
  subject: z.string(),
  name: z.string(),
  groups: z.readonly(z.array(z.enum(OFFICE_GROUPS))),
  stage: z.string(),
  two_officers: z.boolean(),
  /** Whom definitions may name in `identity.issuer`. */
  voter_issuers: z.readonly(z.array(z.string())),
});
export type Me = Readonly<z.infer<typeof Me>>;

/** `GET /office/sign-in`: what the office's pages must know to sign somebody in. */
export const SignIn = z.object({
  issuer: z.string(),
  client_id: z.string(),
  scope: z.string(),
  /** RFC 8707. */
  resource: z.optional(z.string()),
  /** Where the issuer has its own way of signing out: gets `client_id` and `logout_uri`. */
  sign_out_url: z.optional(z.string()),
});
export type SignIn = Readonly<z.infer<typeof SignIn>>;
