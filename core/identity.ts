import * as z from "zod/mini";

/** Where an election's voters are signed in (OpenID Connect), when they do not type credentials. */

const ON_THIS_MACHINE = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a text is an issuer's address: https, or http on this machine, and nothing after the path. */
export function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (`${username}${password}${search}${hash}` !== "" || /[?#\s]/.test(text)) return false;
  return protocol === "https:" || (protocol === "http:" && ON_THIS_MACHINE.has(hostname));
}

const Printable = (maxLength: number) =>
  z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(maxLength),
      z.regex(/^[\x21-\x7e]*$/, "has letters, digits and signs, no spaces"),
    );

export const Issuer = z
  .string()
  .check(
    z.maxLength(300),
    z.refine(isIssuer, "an issuer is an address that begins with https, or with http on localhost"),
  );

export const VoterIdentity = z
  .strictObject({
    kind: z.literal("oidc"),
    /** As its tokens say it, to the character. */
    issuer: Issuer,
    /** As the provider knows the ballot page. */
    clientId: Printable(200),
    /** What of a token is looked up on the roll, whose column has this name. */
    claim: Printable(100),
    /** Whom tokens are for; clientId where it is left out. */
    audience: z.optional(Printable(300)),
  })
  .check(z.meta({ id: "VoterIdentity" }));
export type VoterIdentity = Readonly<z.infer<typeof VoterIdentity>>;

/** Two elections with the same have the same voters' accounts; for comparing and telling. */
export function describeIdentity({ issuer, clientId, claim, audience = clientId }: VoterIdentity): string {
  return `${claim} of ${issuer} for ${clientId}${audience === clientId ? "" : `, audience ${audience}`}`;
}
