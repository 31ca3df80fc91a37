import type { Connection } from "#admin/connection/connection.ts";
import { publicActs } from "#admin/elections/audit-acts.ts";
import { isCertified } from "#admin/elections/state-changes.ts";
import { wholeDefinition } from "#admin/elections/whole-definition.ts";
import { fromBase64Url } from "#core/bytes.ts";
import { isPublic, votingPhaseAt } from "#core/contest.ts";
import { consoleWarnings, definitionFrom } from "#core/definition-faults.ts";
import { pastWarnings } from "#core/past-times.ts";
import { Refusal } from "#core/refusal.ts";
import {
  type Applied,
  type DraftAnswer,
  DraftBody,
  type ELECTION_ROUTES,
  type ElectionState,
  type ElectionsList,
  type ListedDraft,
  type ListedElection,
  MOST_PHOTO_BYTES,
  type OfficeElection,
  PhotoBody,
  type StoredPhoto,
  VersionBody,
} from "#functions/office/elections/contract.ts";
import { json, problem } from "#functions/runtime/http.ts";
import { bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";
import { canNameElection } from "#storage/definition-parts.ts";
import { listDeletions } from "#storage/deleted-elections.ts";
import type { DraftSummary, Drafts } from "#storage/drafts.ts";
import { applyElections } from "#storage/election-register.ts";
import { type Photos, photoKindOf } from "#storage/photos.ts";
import { type AdministeredElection, findElection, listElections } from "#storage/registered-elections.ts";

/** Lists elections, keeps drafts of their definitions, and applies these as the command line does. */

export type ElectionsRoom = Readonly<{ connection: Connection; drafts: Drafts; photos: Pick<Photos, "store"> }>;

const PHASES = { upcoming: "coming", open: "open", closed: "closed", cancelled: "cancelled" } as const;

function stateOf(election: AdministeredElection, atMs: number): ElectionState {
  return isCertified(election) ? "certified" : PHASES[votingPhaseAt(election, atMs)];
}

function listed(election: AdministeredElection, atMs: number): ListedElection {
  const { definition, rollCounts } = election;
  return {
    election_id: definition.electionId,
    title: definition.title,
    voting_method: definition.votingMethod,
    state: stateOf(election, atMs),
    opens_at: definition.opensAt,
    closes_at: definition.closesAt,
    time_zone: definition.timeZone,
    voters: Object.values(rollCounts).reduce((sum, count) => sum + count, 0),
    is_test: definition.test === true,
    paper: definition.paper ?? null,
  };
}

const listedDraft = ({ electionId, version, title, savedAt, by }: DraftSummary): ListedDraft => ({
  election_id: electionId,
  title,
  version,
  saved_at: savedAt,
  by,
});

/** Whether somebody sees what is not public. */
const seesAll = ({ caller: { groups } }: OfficeCall): boolean => groups.some((group) => group !== "observer");

/** Throws Refusal for an id that no election can have. */
function electionIdOf({ parameters: { election_id: electionId = "" } }: OfficeCall): string {
  if (canNameElection(electionId)) return electionId;
  throw new Refusal(
    "An election's id has letters, digits, - and _ only, 1 to 40 of them.",
    "L’identifiant d’une élection s’écrit avec des lettres sans accent, des chiffres, - et _\u00a0: de 1 à 40 caractères.",
  );
}

const CHANGED_SINCE = [
  "Somebody else saved this draft since you opened it. What they saved stands; load it, and make your changes there.",
  "Quelqu’un d’autre a enregistré ce brouillon depuis que vous l’avez ouvert. Son travail est gardé\u00a0: rechargez le brouillon et refaites-y vos changements.",
] as const;

/** What a list shows as its title, whatever was typed so far. */
function titleIn(definition: Readonly<Record<string, unknown>>): DraftSummary["title"] {
  const { title } = definition;
  const text = (language: string): string => {
    const written: unknown = typeof title === "object" && title !== null ? Reflect.get(title, language) : undefined;
    return typeof written === "string" ? written.slice(0, 200) : "";
  };
  return { fr: text("fr"), en: text("en") };
}

export function electionHandlers({
  connection,
  drafts,
  photos,
}: ElectionsRoom): OfficeHandlers<typeof ELECTION_ROUTES> {
  const summaryOf = async (electionId: string): Promise<ListedDraft | null> => {
    const found = (await drafts.list()).find((draft) => draft.electionId === electionId);
    return found === undefined ? null : listedDraft(found);
  };

  return {
    "GET /office/elections": async (call) => {
      const all = seesAll(call);
      const [elections, kept, deletions] = await Promise.all([
        listElections(connection),
        all ? drafts.list() : [],
        all ? listDeletions(connection) : [],
      ]);
      const list: ElectionsList = {
        elections: elections.filter((one) => all || isPublic(one)).map((one) => listed(one, call.atMs)),
        drafts: kept.map(listedDraft),
        deleted: deletions.map(({ electionId, record: { title, at, who } }) => {
          return { election_id: electionId, title, at, by: who };
        }),
      };
      return json(200, list);
    },

    "GET /office/elections/{election_id}": async (call) => {
      const election = await findElection(connection, electionIdOf(call));
      if (election === undefined || !(seesAll(call) || isPublic(election))) return problem("not-found", call.language);
      const answer: OfficeElection = {
        ...listed(election, call.atMs),
        definition: await wholeDefinition(connection, election.definition),
        roll: { ...election.rollCounts },
        opening_sha256: election.opening?.sha256 ?? null,
        changes: seesAll(call)
          ? election.stateChanges.map(({ at, what, who }) => ({ at, what, by: who }))
          : publicActs(election)
              .map(({ at, act, who }) => ({ at, what: act, by: who }))
              .reverse(),
        draft: seesAll(call) ? await summaryOf(election.definition.electionId) : null,
      };
      return json(200, answer);
    },

    "GET /office/elections/{election_id}/draft": async (call) => {
      const draft = await drafts.find(electionIdOf(call));
      const answer: DraftAnswer = {
        draft: draft === undefined ? null : listedDraft(draft),
        definition: draft?.definition ?? null,
      };
      return json(200, answer);
    },

    "PUT /office/elections/{election_id}/draft": async (call) => {
      const electionId = electionIdOf(call);
      const { version, definition } = bodyOf(DraftBody, call);
      const saved = { version, definition, title: titleIn(definition), by: call.caller.name, atMs: call.atMs };
      if ((await drafts.save(electionId, saved)) === undefined) throw new Refusal(...CHANGED_SINCE);
      const answer = await summaryOf(electionId);
      return json(200, { draft: answer, definition: null } satisfies DraftAnswer);
    },

    "POST /office/elections/{election_id}/draft/discard": async (call) => {
      const { version } = bodyOf(VersionBody, call);
      if (!(await drafts.discard(electionIdOf(call), version))) throw new Refusal(...CHANGED_SINCE);
      return json(200, {});
    },

    "POST /office/elections/{election_id}/apply": async (call) => {
      const electionId = electionIdOf(call);
      const { version } = bodyOf(VersionBody, call);
      const draft = await drafts.find(electionId);
      if (draft?.version !== version) throw new Refusal(...CHANGED_SINCE);
      const definition = definitionFrom(draft.definition, connection.voterIssuers, call.atMs);
      if (definition.electionId !== electionId) {
        throw new Refusal(
          `electionId: this draft is of election ${electionId}, and its definition says another.`,
          `electionId\u00a0: ce brouillon est celui de l’élection ${electionId}, et sa définition en nomme une autre.`,
        );
      }
      const [outcome = "unchanged"] = await applyElections(connection, [definition], {
        who: call.who,
        atMs: call.atMs,
      });
      // Saved again meanwhile, it stays for its author.
      await drafts.discard(electionId, version);
      const applied: Applied = {
        outcome,
        warnings: [...pastWarnings(definition, call.atMs), ...consoleWarnings(definition)].map(
          (warning) => warning[call.language],
        ),
      };
      return json(200, applied);
    },

    "POST /office/photos": async (call) => {
      const bytes = fromBase64Url(bodyOf(PhotoBody, call).bytes);
      const kind = bytes === undefined || bytes.length > MOST_PHOTO_BYTES ? undefined : photoKindOf(bytes);
      if (bytes === undefined || kind === undefined) {
        throw new Refusal(
          "A photo is a WebP, JPEG or PNG image of at most 20 kB.",
          "Une photo est une image WebP, JPEG ou PNG d’au plus 20 ko.",
        );
      }
      return json(200, { photo: await photos.store(bytes, kind) } satisfies StoredPhoto);
    },
  };
}
