import type { Connection } from "#admin/connection/connection.ts";
import { stateRoll } from "#admin/elections/opening.ts";
import { requirePaper } from "#admin/elections/paper.ts";
import { requireElection, requireStored } from "#admin/elections/registered.ts";
import { recordStateChange } from "#admin/elections/state-changes.ts";
import { COMMANDS } from "#admin/roll/acts.ts";
import { countActs, describeAct } from "#admin/shared/act.ts";
import { contestRegionIds, phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { RecordedAct } from "#core/recorded-words.ts";
import { STRIKES } from "#core/strike.ts";
import { LettersMade, type ROLL_ROUTES, type RollRoom, StateRoll } from "#functions/office-roll/contract.ts";
import { requireSmall, votersOnRoll } from "#functions/office-roll/size.ts";
import { json } from "#functions/runtime/http.ts";
import { bodyOf } from "#functions/runtime/office/call.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";
import { stateChange } from "#storage/election-changes.ts";

/** The roll in figures; signing it as it is; and the record of letters that a browser made. */

type RoomRoutes = Pick<
  typeof ROLL_ROUTES,
  Extract<keyof typeof ROLL_ROUTES, `${string}/roll` | `${string}/letters` | `${string}/state`>
>;

/** Candidates are not needed for a roll, and there may be thousands. */
const withoutCandidates = (definition: ElectionDefinition): ElectionDefinition =>
  "candidates" in definition ? { ...definition, candidates: [] } : definition;

export function roomHandlers(connection: Connection): OfficeHandlers<RoomRoutes> {
  return {
    "GET /office/elections/{election_id}/roll": async ({ parameters: { election_id = "" }, atMs }) => {
      const election = await requireElection(connection, election_id);
      const { definition, rollCounts, votedElsewhere, rollImports, opening, stateChanges } = election;
      const recorded = countActs(stateChanges.map(({ what }) => what));
      const questions =
        definition.paper === undefined || definition.cancelled !== undefined
          ? [definition]
          : (await requirePaper(connection, definition.paper)).map((question) => question.definition);
      const room: RollRoom = {
        definition: withoutCandidates(definition),
        questions: questions.map(withoutCandidates),
        is_opened: opening !== undefined,
        is_closed: phaseAt(definition, atMs) === "closed",
        regions: contestRegionIds(definition).map((regionId) => ({
          region_id: regionId,
          voters: rollCounts[regionId] ?? 0,
          voted_elsewhere: votedElsewhere[regionId] ?? 0,
        })),
        voters: votersOnRoll(election),
        struck: Object.fromEntries(
          STRIKES.map((strike) => [strike, recorded[`roll ${COMMANDS[strike]}`]?.people ?? 0]),
        ),
        under_way: rollImports,
      };
      return json(200, room);
    },

    "POST /office/elections/{election_id}/roll/letters": async (call) => {
      const { letters, name, sha256, reason } = bodyOf(LettersMade, call);
      const { election } = await requireStored(connection, call.parameters.election_id ?? "");
      const { paper, electionId } = election.definition;
      const questions = paper === undefined ? [election] : await requirePaper(connection, paper);
      const done: RecordedAct = questions.length > 1 ? `letters made to paper ${paper}` : "letters made";
      const what = describeAct(done, letters, { name, sha256 }, reason);
      const ids = paper === undefined ? [electionId] : questions.map(({ definition }) => definition.electionId);
      for (const id of ids) await recordStateChange(connection, id, stateChange(what, call));
      return json(200, {});
    },

    "POST /office/elections/{election_id}/roll/state": async (call) => {
      bodyOf(StateRoll, call);
      const { election_id = "" } = call.parameters;
      await requireSmall(connection, election_id);
      const { who, atMs } = call;
      const { outcome, newest, ended } = await stateRoll(connection, election_id, (imports) => imports, { who, atMs });
      return json(200, { outcome, ended: ended.length, ...(newest !== undefined && { newest }) });
    },
  };
}
