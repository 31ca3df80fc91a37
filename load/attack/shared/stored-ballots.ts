import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { SPOILED } from "#core/selection.ts";
import { growth, type OptionCounts } from "#load/shared/accounting.ts";
import { type Ballot, requestOf, seal } from "#load/shared/ballots.ts";
import { exchange } from "#load/shared/exchange.ts";
import { connectTo, type SystemUnderLoad } from "#load/shared/running-system.ts";
import type { watchCount } from "#load/shared/tallies.ts";

/** What a thief finds in the votes table. */

const bytes = z.instanceof(Uint8Array);
const StoredBallot = z.object({
  hash: z.string(),
  electionId: z.string(),
  regionId: z.string(),
  oneTimeKey: bytes,
  envelope: bytes,
  stamp: bytes,
  trackingCode: z.string(),
  castAt: z.string(),
});
export type StoredBallot = z.infer<typeof StoredBallot>;

/** Casts ballots as the site does, and waits until they are counted. Returns their tracking codes, in order. */
export async function castBallots(
  { url }: SystemUnderLoad,
  count: ReturnType<typeof watchCount>,
  ballots: readonly Ballot[],
): Promise<readonly string[]> {
  const before = await count.read();
  const cast = ballots.map(async (ballot) => {
    const { signed, trackingCode } = await seal(ballot);
    const { path, body } = requestOf(ballot, signed);
    const { status } = await exchange(`${url}${path}`, body);
    if (status !== 202) throw new Error(`a ballot was answered with ${status}`);
    return trackingCode;
  });
  const codes = Promise.all(cast);
  await count.settle(
    before,
    codes.then(({ length }) => length),
  );
  return codes;
}

/** The stored ballots with these tracking codes, by tracking code. */
export async function storedBallots(
  system: SystemUnderLoad,
  trackingCodes: readonly string[],
): Promise<ReadonlyMap<string, StoredBallot>> {
  using connection = connectTo(system);
  const found = new Map<string, StoredBallot>();
  const pages = paginateScan(
    { client: connection.documents },
    { TableName: connection.votesTable, ConsistentRead: true },
  );
  for await (const { Items = [] } of pages) {
    for (const ballot of z.array(StoredBallot).parse(Items)) {
      if (trackingCodes.includes(ballot.trackingCode)) found.set(ballot.trackingCode, ballot);
    }
  }
  return found;
}

/** How many votes for an option were counted between two readings; spoiled ballots are none. */
export function countedVotes(before: OptionCounts, after: OptionCounts): number {
  const grown = [...growth(before, after)].filter(([option]) => !option.endsWith(`\n${SPOILED}`));
  return grown.reduce((sum, [, count]) => sum + count, 0);
}
