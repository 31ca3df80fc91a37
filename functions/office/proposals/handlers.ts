import type { OfficeGroup } from "#core/office-groups.ts";
import { type Decision, maySecond, type Proposal, standsUntilMs, stateOf } from "#core/proposals.ts";
import { Refusal } from "#core/refusal.ts";
import {
  Confirmation,
  type ListedProposal,
  type ListedProposals,
  type PROPOSAL_ROUTES,
  Reasoned,
  type ShownProposal,
} from "#functions/office/proposals/contract.ts";
import { json, problem } from "#functions/runtime/http.ts";
import { bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";
import { type Proposals, type RequestContent, requestSha256 } from "#storage/proposals.ts";

type Found = Readonly<{ proposal: Proposal; content: RequestContent }>;

const iso = (ms: number): string => new Date(ms).toISOString();

function listed(proposal: Proposal, { caller, atMs }: Pick<OfficeCall, "caller" | "atMs">): ListedProposal {
  const { id, route, act, groups, electionId, by, decision } = proposal;
  const state = stateOf(proposal, atMs);
  return {
    proposal_id: id,
    route,
    act,
    groups: [...groups],
    election_id: electionId ?? null,
    proposed_by: by.name,
    proposed_at: iso(proposal.atMs),
    expires_at: iso(standsUntilMs(proposal)),
    state,
    decided_by: decision?.by.name ?? null,
    decided_at: decision === undefined ? null : iso(decision.atMs),
    reason: decision?.reason ?? null,
    outcome: decision?.outcome ?? null,
    is_mine: by.subject === caller.subject,
    may_decide: state === "open" && maySecond(proposal, caller),
  };
}

const DECIDED = new Refusal(
  "This proposal is not open any more: it was decided, or three days have passed. Look at it again.",
  "Cette proposition n’est plus en attente\u202f: quelqu’un en a déjà décidé, ou les trois jours sont écoulés. Consultez-la de nouveau.",
);

function requireOpen(proposal: Proposal, atMs: number): void {
  if (stateOf(proposal, atMs) !== "open") throw DECIDED;
}

/** Throws Refusal for whoever proposed it, and for whoever may not do the act itself. */
function requireSecond(
  proposal: Proposal,
  caller: Readonly<{ subject: string; groups: readonly OfficeGroup[] }>,
): void {
  if (maySecond(proposal, caller)) return;
  if (proposal.by.subject === caller.subject) {
    throw new Refusal(
      "You proposed this yourself: another person must confirm it, or refuse it. You may withdraw it.",
      "Vous êtes l’auteur de cette proposition\u202f: une autre personne doit la confirmer ou la refuser. Vous pouvez la retirer.",
    );
  }
  throw new Refusal(
    "Only somebody who may do this act themselves can confirm it or refuse it.",
    "Seule une personne autorisée à poser elle-même ce geste peut le confirmer ou le refuser.",
  );
}

export function proposalHandlers(proposals: Proposals): OfficeHandlers<typeof PROPOSAL_ROUTES> {
  const find = ({ parameters }: OfficeCall): Promise<Found | undefined> => proposals.find(parameters.proposal_id ?? "");

  const decide = async (
    proposal: Proposal,
    { caller: { subject, name }, atMs }: OfficeCall,
    state: Decision["state"],
    reason?: string,
  ): Promise<void> => {
    const decision = { state, by: { subject, name }, atMs, reason, outcome: undefined };
    if (!(await proposals.decide(proposal, decision))) throw DECIDED;
  };

  return {
    "GET /office/proposals": async (call) => {
      const answer: ListedProposals = { proposals: (await proposals.list()).map((one) => listed(one, call)) };
      return json(200, answer);
    },

    "GET /office/proposals/{proposal_id}": async (call) => {
      const found = await find(call);
      if (found === undefined) return problem("not-found", call.language);
      const { proposal, content } = found;
      const { parameters, body } = content;
      const answer: ShownProposal = {
        ...listed(proposal, call),
        parameters: { ...parameters },
        body: body ?? null,
        sha256: proposal.sha256,
      };
      return json(200, answer);
    },

    "POST /office/proposals/{proposal_id}/confirm": async (call) => {
      const { sha256 } = bodyOf(Confirmation, call);
      const found = await find(call);
      if (found === undefined) return problem("not-found", call.language);
      const { proposal, content } = found;
      requireSecond(proposal, call.caller);
      requireOpen(proposal, call.atMs);
      // What is stored now, too: whoever wrote to the table since would have changed what is done.
      if (sha256 !== proposal.sha256 || sha256 !== requestSha256(proposal.route, content)) {
        throw new Refusal(
          "What you looked at is not what would be done. Nothing was changed: look at the proposal again, and at who changed it.",
          "Ce que vous avez examiné n’est pas ce qui serait fait. Rien n’a été modifié\u202f: relisez la proposition, et cherchez qui l’a modifiée.",
        );
      }
      await decide(proposal, call, "confirmed");
      const { parameters, body } = content;
      const answer = await call.perform({ route: proposal.route, parameters, body, by: proposal.by });
      await proposals.noteOutcome(proposal, (answer.statusCode ?? 200) < 400 ? "done" : "refused");
      return answer;
    },

    "POST /office/proposals/{proposal_id}/refuse": async (call) => {
      const { reason } = bodyOf(Reasoned, call);
      const found = await find(call);
      if (found === undefined) return problem("not-found", call.language);
      requireSecond(found.proposal, call.caller);
      requireOpen(found.proposal, call.atMs);
      await decide(found.proposal, call, "refused", reason);
      return json(200, {});
    },

    "POST /office/proposals/{proposal_id}/withdraw": async (call) => {
      const { reason } = bodyOf(Reasoned, call);
      const found = await find(call);
      if (found === undefined) return problem("not-found", call.language);
      if (found.proposal.by.subject !== call.caller.subject) {
        throw new Refusal(
          "Only whoever proposed this can withdraw it. You may refuse it.",
          "Seule la personne qui a fait cette proposition peut la retirer. Vous pouvez la refuser.",
        );
      }
      requireOpen(found.proposal, call.atMs);
      await decide(found.proposal, call, "withdrawn", reason);
      return json(200, {});
    },
  };
}
