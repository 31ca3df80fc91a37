import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { requireAsStated } from "#admin/certification/as-stated.ts";
import { biographyLines } from "#admin/certification/biographies.ts";
import { countBox, sha256 } from "#admin/certification/box-count.ts";
import { BUNDLE_FILES, ballotKeyText } from "#admin/certification/bundle-files.ts";
import { electionWithKeys } from "#admin/certification/election-with-keys.ts";
import { interpreterFor, readerFor } from "#admin/certification/interpreter.ts";
import { type JudgedBallot, judge, type Standing } from "#admin/certification/judged-ballots.ts";
import { requireSettled } from "#admin/certification/settled.ts";
import { readStoredBallots } from "#admin/certification/stored-ballots.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { certifiedAs, recordStateChange } from "#admin/elections/state-changes.ts";
import { digestRejectedAttempts } from "#admin/rejected-attempts/digest.ts";
import { countActs } from "#admin/shared/act.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { type BoxLine, CERTIFICATE_FORMAT, Certificate, contradictions, writeBoxLine } from "#core/ballot-box.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { signedActs } from "#core/certified-acts.ts";
import { certifiedResult } from "#core/certified-result.ts";
import { contestRegionIds } from "#core/contest.ts";
import { inForce } from "#core/opening.ts";
import { differingInterpretations } from "#core/recount.ts";
import { Refusal } from "#core/refusal.ts";
import { ballotsIn, sumTallies, type Tally } from "#core/results.ts";
import { countBallot, SPOILED } from "#core/selection.ts";
import { clausesJoined } from "#core/sentences.ts";
import { strayLots } from "#core/stray-lots.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { textsNamedBy } from "#storage/biographies.ts";
import { refuseUnderWay } from "#storage/imports-under-way.ts";
import { lineSorter } from "#storage/line-sorting.ts";
import { commitToRoll } from "#storage/roll-commitment.ts";
import { ensureSigningKey, fingerprintOf, signStatement } from "#storage/signing-key.ts";
import { talliesTable } from "#storage/tallies-table.ts";

/** Certifying an election: its ballot box, result and a signature are published, so that anyone can check the count. */

export type CertifyOptions = Readonly<{
  /** The folder to create. */
  out: string;
  /** Where to write the ballot key when auditors alone may open the box. */
  auditorsKeyFile?: string;
  /** Who is recorded as having certified. */
  who: string;
  atMs?: number;
  onProgress?: OnProgress;
}>;

/** Tracking codes by what the ballots lack: a stamp, or a voter on the roll of their region. */
export type SetAside = Readonly<Record<Exclude<Standing, "cast">, readonly string[]>>;

export type Certified = Readonly<{
  certificate: Certificate;
  /** Of the signing key; to be published elsewhere. */
  fingerprint: string;
  /** Tracking codes of the ballots that somebody wrote to the box; they are set aside, so spoiled. */
  setAside: SetAside;
  /** Tracking codes of the other spoiled ballots: sealed for another opening or region, or to another key, or not valid. */
  spoiled: readonly string[];
  /** SHA-256 of the opening statement in hexadecimal. */
  opening: string;
}>;

async function requireNothingAt(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new Refusal(`${folder}: this is not a readable folder.`, `${folder}\u00a0: ce dossier ne peut être lu.`);
  });
  if (there.length > 0) {
    throw new Refusal(
      `${folder}: this folder is not empty; name another.`,
      `${folder}\u00a0: ce dossier n’est pas vide\u202f; nommez-en un autre.`,
    );
  }
}

/** Works in a temporary folder beside `out`, which appears only when complete. */
async function publishAs<T>(out: string, work: (folder: string) => Promise<T>): Promise<T> {
  const target = resolve(out);
  await requireNothingAt(target);
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const done = await work(folder);
    await chmod(folder, 0o755);
    await rename(folder, target);
    return done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function lineOf({ ballot, regionId, standing }: JudgedBallot): BoxLine {
  const { oneTimeKey, envelope } = ballot;
  // What it says is not believed, its tracking code included.
  const trackingCode = trackingCodeOf(sha256(trackedBytes(ballot)));
  if (standing !== "cast") return { trackingCode, regionId, setAside: true };
  const sealed = { oneTimeKey: toBase64Url(oneTimeKey), envelope: toBase64Url(envelope) };
  return { trackingCode: ballot.trackingCode, regionId, ...sealed };
}

/** What the tallies say of a region: they know no roll, so they count what others voted. */
function asTallied(recounted: Tally, strangers: Tally): Tally {
  return sumTallies([recounted, strangers, new Map([[SPOILED, -ballotsIn(strangers)]])]);
}

async function writeLines(file: string, lines: AsyncIterable<string>): Promise<void> {
  const stream = createWriteStream(file);
  try {
    for await (const line of lines) {
      if (!stream.write(`${line}\n`)) await once(stream, "drain");
    }
  } finally {
    stream.end();
    await finished(stream);
  }
}

const CODES_TOLD = 6;

/** Tracking codes in a sentence: the first few. */
export function tellCodes(codes: readonly string[]): string {
  return `${codes.slice(0, CODES_TOLD).join(", ")}${codes.length > CODES_TOLD ? ", …" : ""}`;
}

/** Refuses until the tallies count ballots under a shared one-time key as what they are: spoiled. */
function refuseShared(electionId: string, shared: readonly string[]): never {
  const codes = tellCodes([...new Set(shared)]);
  throw new Refusal(
    `The ballot box holds copies: ${shared.length} ballots whose one-time key others have too (tracking codes ${codes}). Whoever sealed one let others cast it, so all are spoiled: recount and replace the counts, in the console's room After closing or by scrutin tally recount ${electionId} --swap, then certify.`,
    `L’urne contient des copies\u00a0: ${shared.length} bulletins dont la clé à usage unique a servi plus d’une fois (codes de suivi ${codes}). Qui en a scellé un a laissé d’autres personnes le déposer\u00a0: tous sont nuls. Recomptez, remplacez les comptes, puis certifiez.`,
  );
}

/**
 * Writes the public bundle of an election and records that it was certified. Throws Refusal while voting is open, while any
 * ballot is undecided or uncounted, and when the tallies are not what the box says.
 */
export async function certifyElection(
  connection: Connection,
  electionId: string,
  { out, auditorsKeyFile, who, atMs = Date.now(), onProgress }: CertifyOptions,
): Promise<Certified> {
  const { election, keys } = await electionWithKeys(connection, electionId);
  const { definition, publicKey, opening } = election;
  await requireSettled(connection, definition, atMs);
  refuseUnderWay(election);
  requireAsStated(election);
  const isPublic = definition.verification === "public";
  if (!isPublic && auditorsKeyFile === undefined) {
    throw new Refusal(
      `Only auditors may open the box of election ${electionId}: name the file for their key.`,
      `Seuls les auditeurs peuvent ouvrir l’urne de l’élection ${electionId}\u00a0: nommez le fichier où leur remettre la clé.`,
    );
  }

  const certified = await publishAs(out, async (folder): Promise<Certified> => {
    const sorter = lineSorter(folder, '{"trackingCode":"', "234567ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const stated = { definition, opening: opening.sha256 };
    const read = readerFor(stated, keys);
    let stored = 0;
    const setAside = { unstamped: [] as string[], "not-on-roll": [] as string[], "strike-not-on-roll": [] as string[] };
    const strangers = new Map<string, Map<string, number>>();
    await readStoredBallots(connection, electionId, async (ballots) => {
      for (const judged of await judge(connection, read, ballots)) {
        const { regionId, interpretation, standing } = judged;
        const line = lineOf(judged);
        await sorter.add(writeBoxLine(line));
        stored++;
        if (standing === "cast") continue;
        setAside[standing].push(line.trackingCode);
        if (standing !== "not-on-roll") continue;
        const tally = strangers.get(regionId) ?? new Map<string, number>();
        strangers.set(regionId, tally);
        countBallot(tally, interpretation);
      }
    }).finally(() => sorter.close());
    const present = talliesTable(connection.dynamodb, connection.talliesTable);
    const published = await present.ofElection(definition, { isConsistent: true });
    const tallied = ballotsIn(sumTallies(published.values()));
    if (tallied !== stored) {
      throw new Refusal(
        `Ballots in the box: ${stored}, counted in the tallies: ${tallied}. Wait until all are counted; if that does not change, recount, in the console's room After closing or by scrutin tally recount ${electionId}.`,
        `Bulletins dans l’urne\u00a0: ${stored}\u202f; comptés\u00a0: ${tallied}. Attendez que tous le soient\u202f; si rien ne change, recomptez.`,
      );
    }

    const file = join(folder, BUNDLE_FILES.ballotBox);
    await writeLines(file, sorter.sorted());
    const box = await countBox(file, definition, interpreterFor(stated, keys.ballotKey), {
      onLine: (done) => onProgress?.({ step: "counting", done, total: stored }),
    });
    for (const [fault, [line]] of box.faults) {
      throw new Error(`the ballot box holds what no voter can have cast: ${fault}, line ${line} once sorted`);
    }
    const recounted = box.tallies ?? new Map<string, Tally>();
    for (const regionId of contestRegionIds(definition)) {
      const differing = differingInterpretations(
        published.get(regionId) ?? new Map(),
        asTallied(recounted.get(regionId) ?? new Map(), strangers.get(regionId) ?? new Map()),
      );
      if (differing.length > 0) {
        if (box.shared.length > 0) refuseShared(electionId, box.shared);
        throw new Refusal(
          `The tallies of region ${regionId} differ from the ballot box in ${differing.length} of their counts: recount, in the console's room After closing or by scrutin tally recount ${electionId}.`,
          `Dans la région ${regionId}, les comptes diffèrent de l’urne (${differing.length} en tout)\u00a0: recomptez.`,
        );
      }
    }

    const stray = strayLots(definition, recounted);
    if (stray.length > 0) {
      throw new Refusal(
        `Lot ${stray.join(", ")} of election ${electionId} names others than those who were tied when it was drawn. Find out who recorded it, and how: in the console's room Audit, or by scrutin election show ${electionId}.`,
        `Le tirage au sort ${stray.join(", ")} de l’élection ${electionId} nomme d’autres personnes que celles qui étaient à égalité. Cherchez dans le journal qui l’a inscrit, et comment.`,
      );
    }
    const { onRoll, struck, rollRoot } = await commitToRoll(connection, electionId);
    const votersOnRoll = Object.values(onRoll).reduce((sum, count) => sum + count, 0);
    if (inForce(opening.opening, opening.changes).roll.rollRoot !== rollRoot) {
      throw new Refusal(
        `The roll of election ${electionId} is not the one last stated. Find out who changed it, and how. If it is right, sign it as it is: in the console's room Roll, or by scrutin roll state ${electionId}.`,
        `La liste de l’élection ${electionId} n’est plus celle du dernier énoncé. Cherchez qui l’a changée, et comment. Si elle est juste, signez-la telle qu’elle est, dans la rubrique Liste électorale.`,
      );
    }
    const result = certifiedResult(definition, recounted, votersOnRoll, { setAside: box.setAside.length });
    const { totals: rejected } = await digestRejectedAttempts(connection, electionId, 0);
    const certificate = Certificate.parse({
      format: CERTIFICATE_FORMAT,
      certifiedAt: new Date(atMs).toISOString(),
      opening: opening.sha256,
      definition,
      publicKey,
      merkleRoot: box.merkleRoot,
      counts: {
        onRoll: votersOnRoll,
        cast: box.ballots,
        counted: result.wholeCountry.total,
        blank: result.wholeCountry.blank,
        spoiled: result.wholeCountry.spoiled,
        setAside: box.setAside.length,
        duplicates: rejected.duplicate.attempts,
        invalid: Object.values(rejected).reduce((sum, { attempts }) => sum + attempts, -rejected.duplicate.attempts),
      },
      onRoll,
      struck,
      acts: {
        signed: signedActs(opening.changes.map(({ statement }) => statement)),
        recorded: countActs(election.stateChanges.map(({ what }) => what)),
      },
      rollRoot,
      ...result,
    });
    const contradicted = contradictions(certificate, box.byRegion);
    if (contradicted.length > 0)
      throw new Refusal(
        `The counts do not add up: ${clausesJoined("en", contradicted)}.`,
        `Les nombres à certifier se contredisent, en anglais\u00a0: ${clausesJoined("fr", contradicted)}.`,
      );

    const signature = signStatement(await ensureSigningKey(connection, electionId), certificate);
    await writeFile(join(folder, BUNDLE_FILES.certificate), canonicalText(certificate));
    await writeFile(join(folder, BUNDLE_FILES.signature), canonicalText(signature));
    await writeFile(join(folder, BUNDLE_FILES.opening), opening.text);
    await writeFile(join(folder, BUNDLE_FILES.changes), canonicalText(opening.changes));
    if (textsNamedBy(definition).size > 0) {
      await writeLines(join(folder, BUNDLE_FILES.biographies), biographyLines(connection, definition));
    }
    const keyText = ballotKeyText(keys.ballotKey);
    if (isPublic) await writeFile(join(folder, BUNDLE_FILES.ballotKey), keyText);
    else if (auditorsKeyFile !== undefined) await writeFile(auditorsKeyFile, keyText, { mode: 0o600 });
    const { spoiled } = box;
    return { certificate, fingerprint: fingerprintOf(signature), setAside, spoiled, opening: opening.sha256 };
  });

  const at = new Date(atMs).toISOString();
  await recordStateChange(connection, electionId, { at, what: certifiedAs(certified.certificate.merkleRoot), who });
  return certified;
}
