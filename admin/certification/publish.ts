import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { BUNDLE_FILES } from "#admin/certification/bundle-files.ts";
import { withBundles } from "#admin/certification/bundles.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { isCertified } from "#admin/elections/state-changes.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { readBoxLine } from "#core/ballot-box.ts";
import { type KeptBundle, keptAt, type PublishedBundle, publishedAt } from "#core/published-bundle.ts";
import { codeBeginningOf, codeLine, codesFileOf } from "#core/published-codes.ts";
import { Refusal } from "#core/refusal.ts";
import { BoxFile } from "#core/trustees/bundle/box-file.ts";
import type { BundleStore } from "#storage/bundle-store.ts";
import { stateChange } from "#storage/election-changes.ts";

/** Publishing a certified bundle on the site: its files, and lists of the tracking codes in its box. */

export type PublishOptions = Readonly<{
  who: string;
  /** By default the one that was certified in the console. */
  bundle?: KeptBundle;
  atMs?: number;
  onProgress?: OnProgress;
}>;

/** The bundle to publish. Throws Refusal where there is none. */
async function bundleOf(connection: Connection, electionId: string, { bundle }: PublishOptions): Promise<KeptBundle> {
  const election = await requireElection(connection, electionId);
  if (bundle !== undefined) return bundle;
  if (election.bundle !== undefined) return election.bundle;
  if (!isCertified(election)) {
    throw new Refusal(
      `Election ${electionId} is not certified: certify it first.`,
      `L’élection ${electionId} n’est pas certifiée\u00a0: certifiez-la d’abord.`,
    );
  }
  throw new Refusal(
    `Election ${electionId} was certified at the command line, and its files are in a folder there: publish them with npx scrutin publish ${electionId} --bundle FOLDER.`,
    `L’élection ${electionId} a été certifiée en ligne de commande, et ses fichiers sont dans un dossier là-bas\u00a0: publiez-les avec npx scrutin publish ${electionId} --bundle DOSSIER.`,
  );
}

type EachCode = (tell: (trackingCode: string, isSetAside: boolean) => Promise<void>) => Promise<void>;

/** The codes of a box, in their order: it is sorted by them, or by region where trustees hold the key. */
async function codesOf(bundles: BundleStore, kept: (name: string) => string, isOfTrustees: boolean): Promise<EachCode> {
  const box = await bundles.read(kept(isOfTrustees ? "box.jsonl" : BUNDLE_FILES.ballotBox));
  if (box === undefined) throw new Error("the kept bundle has no ballot box");
  if (isOfTrustees) {
    const { eachCode } = await import("#admin/trustees/bundle/code-lines.ts");
    const statement = await bundles.read(kept("box.json"));
    const file = BoxFile.parse(JSON.parse(await text(statement ?? Readable.from([]))));
    return (tell) => eachCode(box, file, ({ trackingCode, isSetAside }) => tell(trackingCode, isSetAside));
  }
  return async (tell) => {
    for await (const line of createInterface({ input: box, crlfDelay: Number.POSITIVE_INFINITY })) {
      const read = readBoxLine(line);
      if (read === undefined) throw new Error("a line of the kept ballot box is none");
      await tell(read.trackingCode, "setAside" in read);
    }
  };
}

/** Puts lists of the codes in a box beside it: they come in order, so one list after the other is complete. */
async function publishCodes(
  bundles: BundleStore,
  electionId: string,
  eachCode: EachCode,
  { ballots, onProgress }: Readonly<{ ballots: number; onProgress: OnProgress }>,
): Promise<number> {
  const codeBeginning = codeBeginningOf(ballots);
  let file: string | undefined;
  let list: string[] = [];
  const put = async (): Promise<void> => {
    if (file !== undefined) await bundles.putText(`${publishedAt(electionId)}${file}`, list.join(""));
    list = [];
  };
  let done = 0;
  await eachCode(async (trackingCode, isSetAside) => {
    const next = codesFileOf(trackingCode, codeBeginning);
    if (next !== file) {
      await put();
      file = next;
      onProgress({ step: "listing", done, total: ballots });
    }
    list.push(codeLine(trackingCode, isSetAside));
    done++;
  });
  await put();
  return codeBeginning;
}

/**
 * Puts a certified election's bundle on the site, and records it: its results say from then on that they are certified. Throws Refusal
 * when it was not certified. Safe to repeat, also after a crash; certified again, it replaces what was published.
 */
export async function publishElection(
  connection: Connection,
  electionId: string,
  options: PublishOptions,
): Promise<PublishedBundle> {
  const { who, atMs = Date.now(), onProgress = () => {} } = options;
  const bundle = await bundleOf(connection, electionId, options);
  const { files, ballots } = bundle;
  const kept = (name: string): string => `${keptAt(electionId, bundle.certificate)}${name}`;
  const codeBeginning = await withBundles(connection, async (bundles) => {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const { name, bytes } of files) {
      onProgress({ step: "publishing", done, total });
      await bundles.copy(kept(name), `${publishedAt(electionId)}${name}`);
      done += bytes;
    }
    const isOfTrustees = files.some(({ name }) => name === "box.jsonl");
    return publishCodes(bundles, electionId, await codesOf(bundles, kept, isOfTrustees), { ballots, onProgress });
  });
  const published: PublishedBundle = { ...bundle, publishedAt: new Date(atMs).toISOString(), codeBeginning };
  const change = stateChange(`published, certificate SHA-256 ${bundle.certificate}`, { who, atMs });
  await connection.documents.send(
    new UpdateCommand({
      TableName: connection.electionsTable,
      Key: { electionId },
      UpdateExpression:
        "SET published = :published, stateChanges = list_append(if_not_exists(stateChanges, :none), :change)",
      ConditionExpression: "attribute_exists(electionId)",
      ExpressionAttributeValues: { ":published": JSON.stringify(published), ":none": [], ":change": [change] },
    }),
  );
  return published;
}
