import type { Connection } from "#admin/connection/connection.ts";
import { recordCancellation } from "#admin/elections/cancellation.ts";
import { correctTexts } from "#admin/elections/correction.ts";
import { extendElection, type Moved, postponeElection } from "#admin/elections/times.ts";
import { withdrawCandidate } from "#admin/elections/withdrawal.ts";
import { saidReason } from "#admin/shared/said-reason.ts";
import { Refusal } from "#core/refusal.ts";
import {
  CancellationAsked,
  Corrections,
  type Done,
  MovedClosing,
  Postponement,
  Withdrawal,
} from "#functions/office/polling/contract.ts";
import { type HttpAnswer, json } from "#functions/runtime/http.ts";
import { bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import type { OfficeHandler } from "#functions/runtime/office/routes.ts";

/** What may be done to an election while people vote: the command line's operations, by what was posted. */

const electionIdOf = ({ parameters }: OfficeCall): string => parameters.election_id ?? "";

const done = ({ record, newest }: Moved, jobId: string | null = null): HttpAnswer => {
  const body: Done = { at: record.at, what: record.what, newest: newest ?? null, job_id: jobId };
  return json(200, body);
};

/** Throws Refusal unless the election's id was typed: what is done cannot be taken back. */
function requireTyped(electionId: string, typed: string): void {
  if (typed === electionId) return;
  throw new Refusal(
    `Nothing was changed: type the election's id, ${electionId}, to confirm.`,
    `Rien n’a été changé\u00a0: tapez l’identifiant de l’élection, ${electionId}, pour confirmer.`,
  );
}

export type ForgetCounts = (electionId: string, call: OfficeCall) => Promise<string | null>;

const actOf = ({ who, atMs }: OfficeCall, { reason }: Readonly<{ reason: string }>) => {
  const said = saidReason(reason);
  return { who, atMs, ...(said !== undefined && { reason: said }) };
};

/** @param forgetCounts has what was counted of a cancelled election taken out later, by the job of that id; null while another is under way */
export function pollingActs(connection: Connection, forgetCounts: ForgetCounts) {
  return {
    extend: async (call) => {
      const { closes_at: closesAt, is_meant: isMeant, ...asked } = bodyOf(MovedClosing, call);
      const how = { ...actOf(call, asked), confirm: async () => isMeant };
      return done(await extendElection(connection, electionIdOf(call), closesAt, how));
    },

    postpone: async (call) => {
      const { opens_at: opensAt, closes_at: closesAt, is_meant: isMeant, typed, ...asked } = bodyOf(Postponement, call);
      requireTyped(electionIdOf(call), typed);
      const how = { ...actOf(call, asked), confirm: async () => isMeant };
      return done(await postponeElection(connection, electionIdOf(call), { opensAt, closesAt }, how));
    },

    correct: async (call) => {
      const { texts, ...asked } = bodyOf(Corrections, call);
      return done(await correctTexts(connection, electionIdOf(call), texts, actOf(call, asked)));
    },

    withdraw: async (call) => {
      const { candidate_id: candidateId, typed, ...asked } = bodyOf(Withdrawal, call);
      requireTyped(electionIdOf(call), typed);
      return done(await withdrawCandidate(connection, electionIdOf(call), candidateId, actOf(call, asked)));
    },

    cancel: async (call) => {
      const electionId = electionIdOf(call);
      const { told: reason, typed } = bodyOf(CancellationAsked, call);
      requireTyped(electionId, typed);
      const { who, atMs } = call;
      const { recorded, cancelled } = await recordCancellation(connection, electionId, { reason, who, atMs });
      const jobId = await forgetCounts(electionId, call);
      if (recorded !== undefined) return done(recorded, jobId);
      const before: Done = { at: cancelled.at, what: "cancelled already", newest: null, job_id: jobId };
      return json(200, before);
    },
  } as const satisfies Readonly<Record<string, OfficeHandler>>;
}
