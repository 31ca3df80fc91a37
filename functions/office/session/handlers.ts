import type { Me, SESSION_ROUTES } from "#functions/office/session/contract.ts";
import { json } from "#functions/runtime/http.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";
import type { SignOuts } from "#storage/sign-outs.ts";

type Session = Readonly<{
  stage: string;
  asksForTwo: boolean;
  voterIssuers: readonly string[];
  signOuts: Pick<SignOuts, "note">;
}>;

export const sessionHandlers = ({
  stage,
  asksForTwo,
  voterIssuers,
  signOuts,
}: Session): OfficeHandlers<typeof SESSION_ROUTES> => ({
  "GET /office/me": async ({ caller: { subject, name, groups } }) => {
    const me: Me = { subject, name, groups, stage, two_officers: asksForTwo, voter_issuers: voterIssuers };
    return json(200, me);
  },
  "POST /office/sign-out": async ({ caller: { subject }, atMs }) => {
    await signOuts.note(subject, atMs);
    return json(200, {});
  },
});
