import type { RejectionDigest } from "#admin/rejected-attempts/digest.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import { REJECTIONS } from "#storage/keys.ts";

/** An election's rejected attempts by reason, and the latest of them in a table. */
export function formatRejectedAttempts(electionId: string, { totals, latest }: RejectionDigest): string {
  const rows = REJECTIONS.reduce((sum, reason) => sum + totals[reason].voters, 0);
  if (rows === 0) return `No attempt was rejected in election ${electionId}.`;
  const byReason = [
    ["REASON", "VOTERS", "ATTEMPTS"],
    ...REJECTIONS.map((reason) => [reason, grouped(totals[reason].voters), grouped(totals[reason].attempts)]),
  ];
  const byVoter = [
    ["VOTER", "REASON", "ATTEMPTS", "FIRST", "LAST"],
    ...latest.map(({ voter, reason, trackingCodes, firstAt, lastAt }) => [
      voter,
      reason,
      grouped(trackingCodes.length),
      firstAt,
      lastAt,
    ]),
  ];
  const left = rows - latest.length;
  return [
    layOut(byReason, [{}, { align: "right" }, { align: "right" }]),
    "",
    layOut(byVoter, [{}, {}, { align: "right" }, {}, {}]),
    ...(left > 0 ? [`and ${grouped(left)} earlier: scrutin rejected export ${electionId} --out FILE`] : []),
  ].join("\n");
}
