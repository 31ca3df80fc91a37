import type { SignInOrigins } from "#infra/site/rules.ts";

type Issuers = Readonly<{ officeIssuer?: string | undefined; voterIssuers?: readonly string[] | undefined }>;

const originOf = (address: string): string => new URL(address).origin;

/** Where pages of a stage sign people in: its issuers' origins, at which their endpoints must be too. */
export const signInOrigins = ({ officeIssuer, voterIssuers = [] }: Issuers): SignInOrigins => ({
  office: officeIssuer === undefined ? [] : [originOf(officeIssuer)],
  vote: voterIssuers.map(originOf),
});
