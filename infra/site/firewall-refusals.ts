import type { CfnWebACL } from "aws-cdk-lib/aws-wafv2";

/** The firewall's answers, in the form of the API's problems, and in both languages because it cannot choose one. */

const problem = (slug: string, status: number, title: string, detail: string) => ({
  contentType: "APPLICATION_JSON",
  content: JSON.stringify({ type: `/api/v1/docs#${slug}`, title, status, detail }),
});

export const REFUSALS = {
  "too-many-requests": problem(
    "too-many-requests",
    429,
    "Trop de demandes / Too many requests",
    "Trop de demandes viennent de votre adresse. Attendez cinq minutes. Too many requests come from your address. Wait five minutes.",
  ),
  "body-too-large": problem(
    "body-too-large",
    413,
    "Demande trop grande / Request too large",
    "Rien n’a été enregistré. Nothing was recorded.",
  ),
} as const;

export const refuse = (key: keyof typeof REFUSALS, responseCode: 413 | 429): CfnWebACL.RuleActionProperty => ({
  block: { customResponse: { customResponseBodyKey: key, responseCode } },
});
