import { standsUntilMs } from "#core/proposals.ts";
import type { Proposed } from "#functions/office/proposals/contract.ts";
import { type HttpAnswer, json } from "#functions/runtime/http.ts";
import { bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import { asProposed } from "#functions/runtime/office/dispatcher.ts";
import { officeProblem } from "#functions/runtime/office/office-problems.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";
import type { Proposals } from "#storage/proposals.ts";

/** Keeps a request that needs a second person, in place of doing it. */
export const proposing =
  (routes: OfficeRoutes, proposals: Pick<Proposals, "propose">) =>
  async (call: OfficeCall): Promise<HttpAnswer> => {
    const { route, parameters, body, caller, atMs, language } = call;
    const { subject, name } = caller;
    const { [route]: { act = route, groups, asks } = { groups: [], asks: undefined } } = routes;
    if (asks !== undefined) bodyOf(asks(), call);
    const electionId = parameters.election_id;
    const proposed = await proposals.propose(
      { route, act, groups, electionId, by: { subject, name }, atMs },
      { parameters, body },
    );
    if (proposed === undefined) return officeProblem("body-too-large", language);
    const answer: Proposed = { proposal_id: proposed.id, expires_at: new Date(standsUntilMs(proposed)).toISOString() };
    return asProposed(json(202, answer));
  };
