import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Certificate } from "#core/ballot-box.ts";
import type { Contest } from "#load/rehearsal/contests/contest.ts";
import { EVERYWHERE } from "#load/rehearsal/contests/contest.ts";
import { type Day, pollOf } from "#load/rehearsal/day.ts";
import type { Figures } from "#load/rehearsal/diary.ts";
import { found } from "#load/rehearsal/officer.ts";
import { certifiable, certifiedFigures, certifiedWinners, winnersIn } from "#load/rehearsal/standing.ts";
import { statedOf } from "#load/rehearsal/steps/opening.ts";

/** Certificate, verification, and the end of the pepper. */

const sumOf = (figures: Figures): number =>
  Object.values(figures).reduce<number>((sum, figure) => sum + Number(figure), 0);

async function compareCertificate(
  { diary, folder }: Day,
  { electionId, results, certified, acts }: Contest,
): Promise<void> {
  const text = await readFile(join(folder, `certified-${electionId}`, "certificate.json"), "utf8");
  const certificate = Certificate.parse(JSON.parse(text));
  diary.mustEach(`${electionId}, certified: `, certified.counts, certificate.counts);
  diary.mustEach(`${electionId}, certified on the roll: `, certified.onRoll, certificate.onRoll);
  diary.mustEach(`${electionId}, certified struck off: `, certified.struck, certificate.struck ?? {});
  const recorded = Object.entries(certificate.acts?.recorded ?? {}).map(
    ([act, { acts: times, people }]) => [act, `${times} to ${people}`] as const,
  );
  diary.mustEach(`${electionId}, certified changes: `, acts.signed, certificate.acts?.signed ?? {});
  diary.mustEach(`${electionId}, certified acts: `, acts.recorded, Object.fromEntries(recorded));
  for (const contest of certificate.contests) {
    const figures = results.byRegion[contest.regionId ?? EVERYWHERE] ?? results.all;
    const where = `${electionId}, certified in ${contest.regionId}: `;
    diary.mustEach(where, certifiable(figures), certifiedFigures(contest));
    diary.must(`${where}elected`, winnersIn(figures), certifiedWinners(contest));
  }
}

/** The bundle with a ballot taken out of its box. */
async function lieOf(bundle: string): Promise<void> {
  await cp(bundle, `${bundle}-lie`, { recursive: true });
  const box = join(`${bundle}-lie`, "ballot-box.ndjson");
  const text = await readFile(box, "utf8");
  await writeFile(box, text.slice(text.indexOf("\n") + 1));
}

export async function certify(day: Day, contest: Contest): Promise<void> {
  const { scrutin, diary, url, folder } = day;
  const { electionId, verified, certified } = contest;
  const bundle = `certified-${electionId}`;
  const printed = await scrutin(["certify", electionId, "--out", bundle]);
  const unopened = found(printed, /SPOILED +(\d+)/);
  diary.must(`${electionId}: do not open`, String(certified.unopened), unopened ?? "0");
  const { opening, changes, newest } = await statedOf(url, electionId);
  diary.must(`${electionId}: signed changes`, sumOf(contest.acts.signed), changes);
  diary.must(`${electionId}: opening`, opening, found(printed, /^opening +([0-9a-f]{64})$/m));
  await compareCertificate(day, contest);

  const signedBy = found(printed, /^signing key +(.+)$/m) ?? "";
  const published = ["--signed-by", signedBy, "--opening", opening, "--changes", newest];
  const { trackingCode } = pollOf(day, contest);
  const told = await scrutin(["verify", bundle, ...published, "--tracking", trackingCode], { exitCode: verified });
  diary.must(`${electionId}: a voter's ballot`, "counted", found(told, /in the box, region \w+, (\w+)/));
  diary.must(`${electionId}: checks that fail`, undefined, found(told, /LIE.*/));

  await lieOf(join(folder, bundle));
  const lie = await scrutin(["verify", `${bundle}-lie`, ...published], { exitCode: 1 });
  diary.must(
    `${electionId}: a ballot taken out`,
    "LIE  Merkle root",
    found(lie, /LIE +Merkle root/)?.replace(/ +/, "  "),
  );

  const audit = await scrutin(["audit", "export", electionId, "--out", `audit-${electionId}.ndjson`]);
  diary.must(`${electionId}: audit`, contest.audit, found(audit, /state changes, (.*) to /));
  const shredded = await scrutin(["shred", electionId, "--yes", electionId]);
  diary.must(`${electionId}: pepper`, "is destroyed", found(shredded, /is destroyed/));
  const after = await scrutin(["verify", bundle, ...published], { exitCode: verified });
  diary.must(`${electionId}: checks that fail without it`, undefined, found(after, /LIE.*/));
}
