import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type * as z from "zod/mini";
import { certifyElection } from "#admin/certification/certify.ts";
import { keepBundle } from "#admin/certification/keep-bundle.ts";
import { publishElection } from "#admin/certification/publish.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { shredPepper } from "#admin/certification/shred.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { deleteElection } from "#admin/elections/deletion.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { FORGOTTEN_AFTER_MS, removeCounts } from "#admin/elections/stored-items.ts";
import type { JobKind } from "#core/office-jobs.ts";
import { Refusal } from "#core/refusal.ts";
import type { CertifyResult, OpeningResult, RecountResult } from "#functions/office-work/contract.ts";
import type { JobWork } from "#functions/office-work/handler.ts";
import { requireFewEnough } from "#functions/office-work/limits.ts";

/** What each kind of job does: an operation of the command line, and how it ended in a sentence. */

/** How long others may go on with what they know; by default as long as they do. */
type Waits = Readonly<{ forgottenAfterMs?: number; stillForMs?: number }>;

/** Works in a folder that is gone afterwards. */
async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-work-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const count = (value: number): Readonly<{ en: string; fr: string }> => ({
  en: value.toLocaleString("en-CA"),
  fr: value.toLocaleString("fr-CA"),
});

const openStatement =
  (connection: Connection): JobWork =>
  async ({ electionId, who }) => {
    const { outcome, sha256, fingerprint, voters, newest } = await stateOpening(connection, electionId, { who });
    const result = { outcome, opening: sha256, fingerprint, voters, newest } satisfies z.infer<typeof OpeningResult>;
    const { en, fr } = count(voters);
    if (outcome === "unchanged") {
      return {
        result,
        sentence: {
          en: "The opening was stated before, and the roll is the one that was stated.",
          fr: "L’énoncé d’ouverture était déjà fait, et la liste électorale est celle de l’énoncé.",
        },
      };
    }
    return {
      result,
      sentence:
        outcome === "stated"
          ? {
              en: `The opening is stated, with ${en} voters.`,
              fr: `L’énoncé d’ouverture est fait\u202f; inscrits\u00a0: ${fr}.`,
            }
          : {
              en: `The roll as it is now is signed, with ${en} voters.`,
              fr: `La liste électorale est signée telle qu’elle est\u202f; inscrits\u00a0: ${fr}.`,
            },
    };
  };

const recount =
  (connection: Connection, { stillForMs }: Waits): JobWork =>
  async ({ electionId, who, options }) => {
    const { definition } = await requireElection(connection, electionId);
    await requireFewEnough(connection, definition, `npx scrutin tally recount ${electionId}`);
    const still = stillForMs === undefined ? {} : { stillForMs };
    const found = await recountTallies(connection, electionId, { swap: options.swap === true, who, ...still });
    const differences = found.differences.length;
    const result = { ballots: found.ballots, differences, swapped: found.swapped } satisfies z.infer<
      typeof RecountResult
    >;
    const { en, fr } = count(found.ballots);
    if (differences === 0) {
      return {
        result,
        sentence: {
          en: `Ballots counted again: ${en}. The counts agree.`,
          fr: `Bulletins recomptés\u00a0: ${fr}. Les comptes concordent.`,
        },
      };
    }
    return {
      result,
      sentence: found.swapped
        ? {
            en: `Ballots counted again: ${en}. Counts that differed, and were replaced: ${differences}.`,
            fr: `Bulletins recomptés\u00a0: ${fr}. Comptes qui différaient, et ont été remplacés\u00a0: ${differences}.`,
          }
        : {
            en: `Ballots counted again: ${en}. Counts that differ from the ballot box: ${differences}.`,
            fr: `Bulletins recomptés\u00a0: ${fr}. Comptes qui diffèrent de l’urne\u00a0: ${differences}.`,
          },
    };
  };

const certify =
  (connection: Connection): JobWork =>
  async ({ electionId, who }, tell) => {
    const { definition } = await requireElection(connection, electionId);
    if (definition.verification !== "public") {
      const command = `npx scrutin certify ${electionId} --out certified --auditors-key FILE`;
      throw new Refusal(
        `Only auditors may open the box of election ${electionId}: its key goes into a file of theirs, so certify at the command line, ${command}, and publish from there.`,
        `Seuls les auditeurs peuvent ouvrir l’urne de l’élection ${electionId}\u00a0: sa clé leur est remise dans un fichier. Certifiez en ligne de commande, ${command}, et publiez de là.`,
      );
    }
    await requireFewEnough(connection, definition, `npx scrutin certify ${electionId} --out certified`);
    const { certificate, fingerprint, opening, setAside } = await withFolder(async (folder) => {
      const out = join(folder, "bundle");
      const certified = await certifyElection(connection, electionId, { out, who, onProgress: tell });
      await keepBundle(connection, electionId, out, tell);
      return certified;
    });
    const { counts, merkleRoot } = certificate;
    const aside = Object.values(setAside).reduce((sum, codes) => sum + codes.length, 0);
    const { en, fr } = count(counts.cast);
    return {
      result: {
        merkle_root: merkleRoot,
        fingerprint,
        opening,
        cast: counts.cast,
        counted: counts.counted,
        blank: counts.blank,
        spoiled: counts.spoiled,
        set_aside: aside,
      } satisfies z.infer<typeof CertifyResult>,
      sentence:
        aside === 0
          ? { en: `Ballots certified: ${en}.`, fr: `Bulletins certifiés\u00a0: ${fr}.` }
          : {
              en: `Ballots certified: ${en}. Set aside, since somebody wrote them to the box: ${aside}. See the runbook, “Ballots set aside at certification”.`,
              fr: `Bulletins certifiés\u00a0: ${fr}. Mis de côté, car quelqu’un les avait écrits dans l’urne\u00a0: ${aside}. Voyez le manuel d’exploitation, «\u00a0Ballots set aside at certification\u00a0».`,
            },
    };
  };

const publish =
  (connection: Connection): JobWork =>
  async ({ electionId, who }, tell) => {
    await publishElection(connection, electionId, { who, onProgress: tell });
    return {
      sentence: {
        en: "The certified result is on the site, with its files.",
        fr: "Le résultat certifié est sur le site, avec ses fichiers.",
      },
    };
  };

const shred =
  (connection: Connection): JobWork =>
  async ({ electionId, who }) => {
    const outcome = await shredPepper(connection, electionId, { who });
    return {
      sentence:
        outcome === "destroyed"
          ? {
              en: "The pepper is destroyed, for ever.",
              fr: "Le poivre est détruit, pour toujours.",
            }
          : {
              en: "The pepper had been destroyed before.",
              fr: "Le poivre avait déjà été détruit.",
            },
    };
  };

const remove =
  (connection: Connection, { forgottenAfterMs = FORGOTTEN_AFTER_MS }: Waits): JobWork =>
  async ({ electionId, who, options }, tell) => {
    const reason = typeof options.reason === "string" && options.reason !== "" ? { reason: options.reason } : {};
    await deleteElection(connection, electionId, { who, ...reason, forgottenAfterMs, onProgress: tell });
    return {
      sentence: { en: `Election ${electionId} is deleted.`, fr: `L’élection ${electionId} est supprimée.` },
    };
  };

/** What was counted of a cancelled election, until functions knew that it was cancelled. */
const forgetCounts =
  (connection: Connection, { forgottenAfterMs = FORGOTTEN_AFTER_MS }: Waits): JobWork =>
  async ({ electionId }) => {
    const { definition } = await requireElection(connection, electionId);
    if (definition.cancelled === undefined) {
      throw new Refusal(
        `Election ${electionId} was not cancelled: its counts stay.`,
        `L’élection ${electionId} n’a pas été annulée\u00a0: ses comptes restent.`,
      );
    }
    await delay(forgottenAfterMs);
    await removeCounts(connection, electionId);
    return {
      sentence: {
        en: "What had been counted of it is taken out.",
        fr: "Ce qui en avait été compté est retiré.",
      },
    };
  };

export const officeWorkOf = (connection: Connection, waits: Waits = {}): Readonly<Record<JobKind, JobWork>> => ({
  "open-statement": openStatement(connection),
  recount: recount(connection, waits),
  certify: certify(connection),
  publish: publish(connection),
  shred: shred(connection),
  delete: remove(connection, waits),
  "forget-counts": forgetCounts(connection, waits),
});
