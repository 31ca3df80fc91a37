import type { RejectionDigest } from "#admin/rejected-attempts/digest.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import { REJECTIONS } from "#storage/keys.ts";

const number = (value: number): string => value.toLocaleString("en-CA");

/** An election's rejected attempts by reason, and the latest of them in a table. */
export function formatRejectedAttempts(electionId: string, { totals, latest }: RejectionDigest): string {
  const rows = REJECTIONS.reduce((sum, reason) => sum + totals[reason].voters, 0);
  if (rows === 0) return `No attempt was rejected in election ${electionId}.`;
  const byReason = [
    ["REASON", "VOTERS", "ATTEMPTS"],
    ...REJECTIONS.map((reason) => [reason, number(totals[reason].voters), number(totals[reason].attempts)]),
  ];
  const byVoter = [
    ["VOTER", "REASON", "ATTEMPTS", "FIRST", "LAST"],
    ...latest.map(({ voter, reason, trackingCodes, firstAt, lastAt }) => [
      voter,
      reason,
      number(trackingCodes.length),
      firstAt,
      lastAt,
    ]),
  ];
  const left = rows - latest.length;
  return [
    layOut(byReason, [{}, { align: "right" }, { align: "right" }]),
    "",
    layOut(byVoter, [{}, {}, { align: "right" }, {}, {}]),
    ...(left > 0 ? [`and ${number(left)} earlier: scrutin rejected export ${electionId} --out FILE`] : []),
  ].join("\n");
}
