import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElectionDefinition } from "#core/election.ts";
import type { VoteReceipt } from "#functions/submit/contract.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { enrol, register } from "#test/e2e/office.ts";
import { credentials, type Voter } from "#test/e2e/voters.ts";

/** Elections and voters that belong to one test. */

/** Registers an election with these voters on its roll, if any, and waits until the API knows it. */
export async function openPolls(definition: ElectionDefinition, voters: readonly Voter[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-polls-"));
  try {
    await register(definition);
    const file = join(folder, "roll.csv");
    const rows = voters.map(({ nas, code, region }) => `${nas},${code},${region}`);
    await writeFile(file, ["nas,code,region_id", ...rows, ""].join("\n"));
    if (voters.length > 0) await enrol(definition.electionId, file);
    await eventually(
      async () => (await get(`/api/v1/elections/${definition.electionId}`)).status,
      (status) => status === 200,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A ballot's choice as the API takes it. */
export type Choice = Readonly<{ vote: string } | { candidate_id: string } | { ranked_choices: readonly string[] }>;

/** Casts a ballot for each choice, by the voters in turn, and waits until all are accepted. */
export async function castAll(electionId: string, voters: readonly Voter[], choices: readonly Choice[]): Promise<void> {
  const receipts: VoteReceipt[] = [];
  for (const [index, choice] of choices.entries()) {
    const who = voters[index];
    if (who === undefined) throw new RangeError(`${voters.length} voters cannot cast ${choices.length} ballots`);
    const body = { ...credentials(who), ...choice };
    receipts.push(
      "vote" in choice
        ? await cast("/api/v1/vote", { ...body, law_id: electionId })
        : await cast("/api/v1/elections/vote", { ...body, election_id: electionId, region_id: who.region }),
    );
  }
  for (const receipt of receipts) {
    const { status } = await outcomeOf(receipt);
    if (status !== "accepted") throw new Error(`a ballot in ${electionId} is ${status}`);
  }
}
