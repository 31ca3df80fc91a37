import type { Connection } from "#admin/connection/connection.ts";
import { digestRejectedAttempts } from "#admin/rejected-attempts/digest.ts";
import { sendAgain } from "#admin/set-aside/set-aside.ts";
import { inForce } from "#core/opening.ts";
import { type ForgetCounts, pollingActs } from "#functions/office/polling/acts.ts";
import {
  type Changeable,
  type POLLING_ROUTES,
  type RejectedAttemptsFigures,
  SendingAgain,
  type SentAgain,
} from "#functions/office/polling/contract.ts";
import { type FigureSources, pollingFigures } from "#functions/office/polling/figures.ts";
import { waitingFigures } from "#functions/office/polling/waiting.ts";
import { type HttpAnswer, json, problem } from "#functions/runtime/http.ts";
import { cloudWatch } from "#functions/runtime/measured/measurements.ts";
import { voteCounts } from "#functions/runtime/measured/vote-counts.ts";
import { bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";
import { publishedTable } from "#storage/published-table.ts";
import { type AdministeredElection, findElection } from "#storage/registered-elections.ts";
import { newestOf } from "#storage/stated-opening.ts";
import { talliesTable } from "#storage/tallies-table.ts";

type PollingDependencies = Readonly<{
  connection: Connection;
  stage: string;
  /** Of the functions' metrics. */
  namespace: string;
  forgetCounts: ForgetCounts;
  now?: () => number;
}>;

/** Rows of rejected attempts that a page shows; a file has them all. */
const ATTEMPTS_SHOWN = 50;

/** What is changeable, without secrets, rolls and keys. */
function changeableOf({ definition, opening, stateChanges }: AdministeredElection): Changeable {
  return {
    definition,
    is_stated: opening !== undefined,
    first_closes_at:
      opening === undefined ? definition.closesAt : inForce(opening.opening, opening.changes).firstClosesAt,
    newest: opening === undefined ? null : newestOf(opening),
    done: stateChanges.map(({ at, who, what }) => ({ at, who, what })),
  };
}

export function pollingHandlers({
  connection,
  stage,
  namespace,
  forgetCounts,
  now = Date.now,
}: PollingDependencies): OfficeHandlers<typeof POLLING_ROUTES> {
  const { dynamodb, talliesTable: tallies, publishedTable: published } = connection;
  const sources: FigureSources = {
    tallies: talliesTable(dynamodb, tallies),
    published: publishedTable(dynamodb, published),
    countsOf: voteCounts(cloudWatch(connection.cloudwatch), namespace, now),
  };
  const acts = pollingActs(connection, forgetCounts);

  const ofElection = async (
    { parameters: { election_id: electionId = "" }, language }: OfficeCall,
    answer: (election: AdministeredElection) => Promise<unknown>,
  ): Promise<HttpAnswer> => {
    const election = await findElection(connection, electionId);
    return election === undefined ? problem("unknown-election", language) : json(200, await answer(election));
  };

  return {
    "GET /office/elections/{election_id}/polling": (call) =>
      ofElection(call, (election) => pollingFigures(election, sources, call.atMs)),

    "GET /office/elections/{election_id}/rejected-attempts": (call) =>
      ofElection(call, async ({ definition: { electionId } }): Promise<RejectedAttemptsFigures> => {
        const { totals, latest } = await digestRejectedAttempts(connection, electionId, ATTEMPTS_SHOWN);
        return {
          totals,
          latest: latest.map(({ voter, reason, trackingCodes, firstAt, lastAt }) => ({
            ...{ voter, reason, attempts: trackingCodes.length, first_at: firstAt, last_at: lastAt },
          })),
        };
      }),

    "GET /office/elections/{election_id}/changeable": (call) =>
      ofElection(call, async (election) => changeableOf(election)),

    "GET /office/waiting": async ({ atMs }) => json(200, await waitingFigures(connection, stage, atMs)),

    "POST /office/waiting/send-again": async (call) => {
      bodyOf(SendingAgain, call);
      const sent: SentAgain = await sendAgain(connection);
      return json(200, sent);
    },

    "POST /office/elections/{election_id}/extend": acts.extend,
    "POST /office/elections/{election_id}/postpone": acts.postpone,
    "POST /office/elections/{election_id}/correct": acts.correct,
    "POST /office/elections/{election_id}/withdraw": acts.withdraw,
    "POST /office/elections/{election_id}/cancel": acts.cancel,
  };
}
