import { type Fields, fieldsOf, textOf } from "#web/office/elections/json-fields.ts";

/** Who signs voters in. */
export type DraftIdentity = Readonly<{
  issuer: string;
  clientId: string;
  claim: string;
  /** Empty where it is the client id. */
  audience: string;
  /** What the editor does not show. */
  rest: Fields;
}>;

export const NO_IDENTITY: DraftIdentity = { issuer: "", clientId: "", claim: "", audience: "", rest: { kind: "oidc" } };

export function identityOf(value: unknown): DraftIdentity {
  const { issuer, clientId, claim, audience, ...rest } = fieldsOf(value);
  const texts = {
    issuer: textOf(issuer),
    clientId: textOf(clientId),
    claim: textOf(claim),
    audience: textOf(audience),
  };
  return { ...texts, rest };
}

/** As a definition has it. */
export const fieldsOfIdentity = ({ issuer, clientId, claim, audience, rest }: DraftIdentity): Fields => ({
  ...rest,
  issuer,
  clientId,
  claim,
  ...(audience.trim() !== "" && { audience: audience.trim() }),
});
