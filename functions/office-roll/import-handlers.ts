import { createHmac, createSecretKey } from "node:crypto";
import type { Connection } from "#admin/connection/connection.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { checkRoll, ImportPaused, importRoll } from "#admin/roll/import.ts";
import { pepperDestroyed } from "#admin/roll/import-check.ts";
import { rollFinal } from "#admin/roll/people.ts";
import { hashRow } from "#admin/roll/rows.ts";
import { refuseWhereSigned } from "#admin/roll/signed-only.ts";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import {
  BeginImport,
  type BegunImport,
  CheckImport,
  type EnteredImport,
  EnterImport,
  type ImportPlan,
  type ROLL_ROUTES,
  SentBlock,
  type SentRow,
} from "#functions/office-roll/contract.ts";
import { requireSmall } from "#functions/office-roll/size.ts";
import { requireWhole, storedRow, uploadedRoll } from "#functions/office-roll/uploaded-roll.ts";
import { json } from "#functions/runtime/http.ts";
import { bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";
import { badRow } from "#spreadsheet/bad-row.ts";
import { cellsFault } from "#spreadsheet/columns.ts";
import { identifyCells, rollColumns } from "#spreadsheet/roll.ts";
import { readPepper } from "#storage/election-secrets.ts";
import type { RollUploads, Upload } from "#storage/roll-uploads.ts";

/** A file of voters that comes up in blocks, and then is imported as the command line imports a file. */

type ImportRoutes = Pick<typeof ROLL_ROUTES, Extract<keyof typeof ROLL_ROUTES, `${string}/imports${string}`>>;

export type ImportDependencies = Readonly<{
  connection: Connection;
  uploads: RollUploads;
  /** For writing, in milliseconds; counting and signing come after. */
  writingMs: number;
}>;

const FAULTS_TOLD = 100;
const ID_CHARACTERS = 32;

const gone = (): Refusal =>
  new Refusal(
    "This upload is no longer there: choose the file again.",
    "Cet envoi n’existe plus\u00a0: choisissez de nouveau le fichier.",
  );

/** An election whose roll can change, and its pepper. */
async function openRoll(connection: Connection, { parameters: { election_id = "" }, atMs }: OfficeCall) {
  const { election } = await requireStored(connection, election_id);
  const { definition } = election;
  refuseWhereSigned(definition);
  if (phaseAt(definition, atMs) === "closed") throw rollFinal(election_id);
  const pepper = await readPepper(connection, election_id);
  if (pepper === undefined) throw pepperDestroyed(election_id);
  return { definition, pepper };
}

/** The same for the same file, read in the same way. Keyed: a file of one voter could be guessed by its digest. */
const uploadIdOf = (pepper: Uint8Array, { rows: _, blocks: __, ...file }: BeginImport): string =>
  createHmac("sha256", pepper)
    .update(`scrutin/v1/roll-upload\n${JSON.stringify(file)}`)
    .digest("hex")
    .slice(0, ID_CHARACTERS);

function readSent(definition: ElectionDefinition, width: number, [line, sent]: SentRow) {
  if (typeof sent === "number") return badRow(line, [cellsFault(width, sent)]);
  const cells = new Map(rollColumns(definition).map(({ name }, place) => [name, sent[place] ?? ""]));
  return identifyCells(definition, line, (name) => cells.get(name) ?? "");
}

function planOf(plan: Awaited<ReturnType<typeof checkRoll>>, { language }: OfficeCall): ImportPlan {
  return {
    rows: plan.totalRows,
    repeated: plan.repeated,
    repeated_lines: [...plan.repeatedLines],
    struck: plan.struck,
    struck_lines: [...plan.struckLines],
    bad: plan.bad,
    bad_rows: plan.badRows.map(({ line, problem }) => ({ line, problem: problem[language] })),
  };
}

export function importHandlers({ connection, uploads, writingMs }: ImportDependencies): OfficeHandlers<ImportRoutes> {
  const findUpload = async ({ parameters: { election_id = "", import_id = "" } }: OfficeCall) => {
    const upload = await uploads.find(election_id, import_id);
    if (upload === undefined) throw gone();
    return { electionId: election_id, uploadId: import_id, upload };
  };
  const sourceOf = ({ electionId, uploadId, upload }: { electionId: string; uploadId: string; upload: Upload }) =>
    uploadedRoll(uploads, electionId, uploadId, upload);

  return {
    "POST /office/elections/{election_id}/roll/imports": async (call) => {
      const file = bodyOf(BeginImport, call);
      const { definition, pepper } = await openRoll(connection, call);
      const { electionId } = definition;
      await requireSmall(connection, electionId, file.rows);
      const uploadId = uploadIdOf(pepper, file);
      const { name, bytes, sha256, rows, blocks, width } = file;
      const upload = await uploads.begin(electionId, uploadId, { name, bytes, sha256, rows, blocks, width }, call.atMs);
      const begun: BegunImport = {
        import_id: uploadId,
        done: [...upload.done].sort((a, b) => a - b),
        is_entering: upload.position !== undefined,
      };
      return json(200, begun);
    },

    "PUT /office/elections/{election_id}/roll/imports/{import_id}/blocks/{block}": async (call) => {
      const { rows } = bodyOf(SentBlock, call);
      const { electionId, uploadId, upload } = await findUpload(call);
      const block = Number(call.parameters.block);
      if (!Number.isInteger(block) || block < 0 || block >= upload.blocks) throw gone();
      const { definition, pepper } = await openRoll(connection, call);
      const key = createSecretKey(pepper);
      const checked = rows.map((row) => {
        const found = readSent(definition, upload.width, row);
        return "problem" in found ? found : hashRow(definition, key, row[0], found);
      });
      if (!(await uploads.putBlock(electionId, uploadId, block, checked.map(storedRow), call.atMs))) {
        throw new Refusal(
          "This file is being imported already, and nothing more is added to it.",
          "Ce fichier est déjà en cours d’importation, et rien ne s’y ajoute plus.",
        );
      }
      return json(200, { bad: checked.filter((row) => "problem" in row).length });
    },

    "PUT /office/elections/{election_id}/roll/imports/{import_id}/check": async (call) => {
      bodyOf(CheckImport, call);
      const found = await findUpload(call);
      requireWhole(found.upload);
      const plan = await checkRoll(connection, found.electionId, sourceOf(found), {
        ...{ skipBad: true, told: FAULTS_TOLD, atMs: call.atMs },
      });
      return json(200, planOf(plan, call));
    },

    "POST /office/elections/{election_id}/roll/imports/{import_id}/enter": async (call) => {
      const { skip_bad: skipBad, reason } = bodyOf(EnterImport, call);
      const found = await findUpload(call);
      requireWhole(found.upload);
      await requireSmall(connection, found.electionId);
      const begunMs = performance.now();
      try {
        const summary = await importRoll(connection, found.electionId, sourceOf(found), {
          ...{ skipBad, told: FAULTS_TOLD, who: call.who, atMs: call.atMs, journalEveryMs: 0 },
          ...(reason !== undefined && { reason }),
          mustPause: () => performance.now() - begunMs > writingMs,
        });
        const { imported, alreadyThere, struck, bad, newest } = summary;
        const entered: EnteredImport = {
          ...{ is_done: true, imported, already_there: alreadyThere, struck, bad },
          ...(newest !== undefined && { newest }),
        };
        return json(200, entered);
      } catch (error) {
        if (!(error instanceof ImportPaused)) throw error;
        const entered: EnteredImport = { is_done: false, rows: error.rows, total: error.total };
        return json(200, entered);
      }
    },

    "DELETE /office/elections/{election_id}/roll/imports/{import_id}": async (call) => {
      const { electionId, uploadId, upload } = await findUpload(call);
      await uploads.remove(electionId, uploadId, upload);
      return json(200, {});
    },
  };
}
