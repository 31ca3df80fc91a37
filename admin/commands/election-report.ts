import { tellCancelled } from "#admin/elections/cancelled.ts";
import { tieIn } from "#admin/elections/lots.ts";
import type { Statement } from "#admin/elections/opening.ts";
import { tellDeleted } from "#admin/elections/registered.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import { candidatesIn, contestRegionIds, isUnstated, phaseAt } from "#core/contest.ts";
import { describeIdentity } from "#core/identity.ts";
import { electedIn, type SeatOutcome } from "#core/seats.ts";
import { textsNamedBy } from "#storage/biographies.ts";
import type { DeletionRecord } from "#storage/deleted-elections.ts";
import { importsUnderWay } from "#storage/imports-under-way.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";
import { newestOf, type StatedOpening } from "#storage/stated-opening.ts";

const HEADER = ["ID", "METHOD", "STATUS", "OPENS", "CLOSES", "ON ROLL"];

const apart = (id: string): string => `kept apart, by region: GET /api/v1/elections/${id}/regions/REGION/candidates`;

/** Voters on the roll of all regions, as of the last import. */
function onRoll({ rollCounts }: AdministeredElection): number {
  return Object.values(rollCounts).reduce((sum, count) => sum + count, 0);
}

/** Its phase, `upcoming` to voters; "unstated" where the hours have come and nobody can vote yet. */
function stateOf(election: AdministeredElection, atMs: number): string {
  return isUnstated(election, atMs) ? "unstated" : phaseAt(election.definition, atMs);
}

/** The signed chain after an opening. */
function describeChanges(opening: StatedOpening): string {
  const { length } = opening.changes;
  return length === 0 ? "0" : `${length}, newest ${newestOf(opening)}`;
}

/** A table of elections and where each stands at an instant. */
export function formatElections(elections: readonly AdministeredElection[], atMs: number): string {
  if (elections.length === 0) return "No election is registered: apply a definition with scrutin election apply FILE.";
  const hasPapers = elections.some(({ definition }) => definition.paper !== undefined);
  const rows = elections.map((election) => {
    const { electionId, votingMethod, opensAt, closesAt, paper, title } = election.definition;
    const voters = grouped(onRoll(election));
    const facts = [electionId, votingMethod, stateOf(election, atMs), opensAt, closesAt, voters];
    return [...facts, ...(hasPapers ? [paper ?? "-"] : []), title.en];
  });
  const header = [...HEADER, ...(hasPapers ? ["PAPER"] : []), "TITLE"];
  const table = layOut(
    [header, ...rows],
    header.map((name) => ({ align: name === "ON ROLL" ? "right" : "left" })),
  );
  const cancelled = elections.flatMap(({ definition }) =>
    definition.cancelled === undefined ? [] : tellCancelled(definition.electionId, definition.cancelled),
  );
  return [table, ...cancelled].join("\n");
}

/** An election that is no longer there. */
export function formatDeletion({
  electionId,
  record,
}: Readonly<{ electionId: string; record: DeletionRecord }>): string {
  const unfinished = record.isFinished ? "" : `; not finished: give scrutin election delete ${electionId} again`;
  return `Election ${electionId} (${record.title}) was ${tellDeleted(record)}${unfinished}`;
}

/** One election in full: its definition in words, its roll, and everything that was done to it. */
/** Who holds the key, and who signed the roll; nothing at level live. */
function describeTrustees({ ceremony, ceremonyWords, signedRoll }: AdministeredElection): readonly [string, string][] {
  if (ceremony === undefined) return [];
  const { trustees, threshold, mixes } = ceremony;
  const names = trustees.map(({ name }) => name).join(", ");
  const signed = signedRoll?.trustees.map(({ trustee }) => trustees[trustee - 1]?.name ?? "").join(", ");
  return [
    ["trustees", `${names}: any ${threshold} open the box, after ${mixes} have mixed it`],
    ["in words", `${ceremonyWords?.en ?? ""} / ${ceremonyWords?.fr ?? ""}`],
    ["roll signed", signedRoll === undefined ? "not yet" : `by ${signedRoll.statement.registrar.name}, ${signed}`],
  ];
}

export function formatElection(election: AdministeredElection, atMs: number): string {
  const { definition, publicKey, rollCounts, stateChanges, opening } = election;
  const underWay = importsUnderWay(election);
  const elsewhere = Object.values(election.votedElsewhere).reduce((sum, count) => sum + count, 0);
  const facts: [string, string][] = [
    ["election", definition.electionId],
    ["title", `${definition.title.fr} / ${definition.title.en}`],
    ...(definition.paper === undefined ? [] : [["paper", definition.paper] satisfies [string, string]]),
    ...(definition.test === true ? [["test", "for rehearsal: in no public list"] satisfies [string, string]] : []),
    ["method", definition.votingMethod],
    ["status", stateOf(election, atMs)],
    ...(definition.cancelled === undefined
      ? []
      : [
          [
            "cancelled",
            `${definition.cancelled.at}: ${definition.cancelled.reason.fr} / ${definition.cancelled.reason.en}`,
          ] satisfies [string, string],
        ]),
    ["opens", definition.opensAt],
    ["closes", `${definition.closesAt} (shown to voters in ${definition.timeZone})`],
    ["results", `${definition.results}, in steps of ${grouped(definition.minimumBallots)} ballots`],
    ["blank ballots", definition.allowBlank ? "allowed" : "not allowed"],
    [
      "credentials",
      definition.identity !== undefined
        ? describeIdentity(definition.identity)
        : definition.credentialFields.map(({ name, pattern }) => `${name} ${pattern}`).join(", "),
    ],
    ...(textsNamedBy(definition).size === 0
      ? []
      : [["biographies", apart(definition.electionId)] satisfies [string, string]]),
    ["public key", publicKey],
    ...describeTrustees(election),
    ["opening", opening?.sha256 ?? "not stated, and nobody can vote before (election open-statement)"],
    ...(opening === undefined ? [] : [["changes since", describeChanges(opening)] satisfies [string, string]]),
    [
      "on the roll",
      `${grouped(onRoll(election))}${elsewhere > 0 ? `, of whom ${grouped(elsewhere)} voted elsewhere` : ""}`,
    ],
    ...(underWay === undefined ? [] : [["imports", underWay.en] satisfies [string, string]]),
  ];
  const contests = contestRegionIds(definition).map((regionId) => [
    regionId,
    definition.regions.find((region) => region.regionId === regionId)?.name.en ?? "the whole country",
    definition.votingMethod === "referendum" ? "-" : grouped(candidatesIn(definition, regionId).length),
    grouped(rollCounts[regionId] ?? 0),
  ]);
  return [
    layOut(facts, [{}, {}]),
    "",
    layOut(
      [["REGION", "NAME", "CANDIDATES", "ON ROLL"], ...contests],
      [{}, {}, { align: "right" }, { align: "right" }],
    ),
    "",
    layOut([["WHEN", "WHO", "WHAT"], ...stateChanges.map(({ at, who, what }) => [at, who, what])], [{}, {}, {}]),
  ].join("\n");
}

/** A signed change, to be published: whoever signs could leave out the newest ones otherwise. */
export function describeNewest(sha256: string): string {
  return `newest change  ${sha256}: publish it as well, verify takes it as --changes`;
}

/** What a count comes to with a lot: perhaps another tie. */
export function describeLotOutcome(outcome: SeatOutcome): string {
  const tie = tieIn(outcome);
  return tie === undefined
    ? `elected        candidate ${electedIn(outcome).join(", ")}, once certified`
    : `another tie    over ${tie.over}, between ${tie.tied.join(", ")}: draw a lot between them too`;
}

/** What was stated, and when to publish it. */
export function formatOpening(
  electionId: string,
  { outcome, sha256, newest, fingerprint, voters, opensAt }: Statement,
  atMs: number,
): string {
  const isOpen = Date.parse(opensAt) <= atMs;
  return [
    `election ${electionId}: ${outcome.replaceAll("-", " ")}, ${voters} voters on the roll`,
    `voting opens   ${opensAt}`,
    `opening        ${sha256}`,
    `signing key    ${fingerprint}`,
    ...(newest === sha256 ? [] : [describeNewest(newest)]),
    `${isOpen ? "Voting is open: publish both at once" : "Publish both before voting opens"}, in a place where nobody can change them.`,
  ].join("\n");
}
