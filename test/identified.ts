/** A provider that voters sign in with. */
export const IDENTITY = {
  ...{ kind: "oidc", issuer: "https://voters.example.org", clientId: "scrutin-board", claim: "voter_number" },
} as const;
