import { type Settling, settling } from "#admin/certification/settled.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { type OpenTie, openTies } from "#admin/elections/open-ties.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { isCertified, isShredded } from "#admin/elections/state-changes.ts";
import { candidateName, phaseAt, type RaceDefinition } from "#core/contest.ts";
import type { Language } from "#core/language.ts";
import { clausesJoined } from "#core/sentences.ts";
import type { ClosingAnswer, ClosingCheck } from "#functions/office/closing/contract.ts";
import { RecountResult } from "#functions/office-work/contract.ts";
import type { Job } from "#storage/office-jobs.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";
import { fingerprintOf } from "#storage/signing-key.ts";
import { newestOf } from "#storage/stated-opening.ts";

/** How an election stands before and after its closing: what is so, and what must be before it is certified. */

const met = (check: ClosingCheck["check"]): ClosingCheck => ({ check, state: "met", detail: null });
const unknown = (check: ClosingCheck["check"]): ClosingCheck => ({ check, state: "unknown", detail: null });

/** Whether the last recount after the closing found what the counts say, or put it right. */
function recountCheck({ definition }: AdministeredElection, jobs: readonly Job[], language: Language): ClosingCheck {
  const isLate = ({ askedAt }: Job): boolean => Date.parse(askedAt) > Date.parse(definition.closesAt);
  const last = jobs.find((job) => job.kind === "recount" && job.state === "done" && isLate(job));
  const result = RecountResult.safeParse(last?.result).data;
  if (last === undefined || result === undefined) return { ...unknown("recounted"), state: "advised" };
  if (result.differences === 0 || result.swapped) return met("recounted");
  return { check: "recounted", state: "unmet", detail: last.sentence?.[language] ?? null };
}

async function settledChecks(
  connection: Connection,
  { definition }: AdministeredElection,
  language: Language,
  atMs: number,
): Promise<ReadonlyMap<Settling["check"], ClosingCheck>> {
  const found = new Map<Settling["check"], ClosingCheck>();
  for await (const { check, refusal } of settling(connection, definition, atMs)) {
    found.set(check, refusal === undefined ? met(check) : { check, state: "unmet", detail: refusal.in(language) });
    if (refusal !== undefined) return found;
  }
  return found;
}

async function checksOf(
  connection: Connection,
  election: AdministeredElection,
  {
    jobs,
    ties,
    language,
    atMs,
  }: Readonly<{
    jobs: readonly Job[];
    ties: readonly OpenTie[] | undefined;
    language: Language;
    atMs: number;
  }>,
): Promise<readonly ClosingCheck[]> {
  const { rollImports } = election;
  const settled = await settledChecks(connection, election, language, atMs);
  const settledOr = (check: Settling["check"]): ClosingCheck => settled.get(check) ?? unknown(check);
  return [
    election.opening === undefined ? { ...unknown("stated"), state: "unmet" } : met("stated"),
    rollImports.length === 0
      ? met("roll-complete")
      : { check: "roll-complete", state: "unmet", detail: clausesJoined(language, rollImports) },
    settledOr("closed"),
    settledOr("minute-passed"),
    settledOr("votes-decided"),
    settledOr("none-set-aside"),
    ties === undefined
      ? unknown("no-tie")
      : ties.length === 0
        ? met("no-tie")
        : { check: "no-tie", state: "advised", detail: null },
    settled.get("closed")?.state === "met" ? recountCheck(election, jobs, language) : unknown("recounted"),
  ];
}

function tieAnswer(definition: RaceDefinition, { regionId, tied }: OpenTie): ClosingAnswer["ties"][number] {
  const region = definition.regions.find((one) => one.regionId === regionId);
  return {
    region_id: regionId ?? null,
    region: region?.name ?? null,
    tied: tied.map((id) => {
      const candidate = definition.candidates.find(({ candidateId }) => candidateId === id);
      return { candidate_id: id, name: candidate === undefined ? id : candidateName(candidate) };
    }),
  };
}

/** Throws Refusal when there is no such election. */
export async function closingStanding(
  connection: Connection,
  electionId: string,
  { jobs, language, atMs }: Readonly<{ jobs: readonly Job[]; language: Language; atMs: number }>,
): Promise<ClosingAnswer> {
  const election = await requireElection(connection, electionId);
  const { definition, opening, bundle, published, rollCounts } = election;
  const phase = phaseAt(definition, atMs);
  const ties = phase === "closed" ? await openTies(connection, election) : undefined;
  return {
    election_id: electionId,
    title: definition.title,
    is_test: definition.test === true,
    phase,
    opens_at: definition.opensAt,
    closes_at: definition.closesAt,
    time_zone: definition.timeZone,
    voters: Object.values(rollCounts).reduce((sum, count) => sum + count, 0),
    opening:
      opening === undefined
        ? null
        : {
            sha256: opening.sha256,
            fingerprint: fingerprintOf(opening.opening.signature),
            newest: newestOf(opening),
          },
    checks: [...(await checksOf(connection, election, { jobs, ties, language, atMs }))],
    ties: definition.votingMethod === "referendum" ? [] : (ties ?? []).map((tie) => tieAnswer(definition, tie)),
    is_certified: isCertified(election),
    bundle:
      bundle === undefined
        ? null
        : {
            certified_at: bundle.certifiedAt,
            merkle_root: bundle.merkleRoot,
            fingerprint: bundle.fingerprint,
            opening: bundle.opening,
            ballots: bundle.ballots,
            files: bundle.files,
          },
    published_at: published?.publishedAt ?? null,
    is_shredded: isShredded(election),
  };
}
