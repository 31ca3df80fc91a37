import { createSecretKey } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, StackOutputs } from "#admin/connection/connection.ts";
import { generateRoll } from "#admin/roll/generation.ts";
import type { System } from "#local/system.ts";
import { readPepper } from "#storage/election-secrets.ts";
import { voterHash } from "#storage/voter-hash.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

/** Three elections, and a thousand voters with known credentials and choices. */

export const VOTERS = 1000;
const CANDIDATES = ["kestrel", "ptarmigan", "wheatear"] as const;
export const LAW = "law-of-birds";
export const RACE = "single-race";
export const RANKED = "ranked-race";

export type Voter = Readonly<{
  name: string;
  nas: string;
  code: string;
  electionId: string;
  choice: string;
  ranking: string[];
}>;

const candidates = CANDIDATES.map((candidateId) => ({
  candidateId,
  firstName: "A",
  lastName: "Bird",
  regionIds: ["1"],
}));
const regions = [{ regionId: "1", name: { fr: "Région", en: "Region" } }];
const DEFINITIONS = [
  law({ electionId: LAW }),
  race({ electionId: RACE, regions, candidates }),
  rankedRace({ electionId: RANKED, regions, candidates, maxRankings: 3 }),
];

/** Writes the elections and their rolls into a folder for a system to apply, and returns the voters. */
export async function writeElections(into: string): Promise<readonly Voter[]> {
  await mkdir(into, { recursive: true });
  const out = join(into, "..", "all.csv");
  await generateRoll({ voters: VOTERS, regions: 1, out, shortCodes: true });
  const [header = "", ...rows] = (await readFile(out, "utf8")).trimEnd().split("\n");
  for (const [index, definition] of DEFINITIONS.entries()) {
    const name = definition.electionId;
    await writeFile(join(into, `${name}.json`), JSON.stringify(definition));
    const own = rows.filter((_, row) => row % DEFINITIONS.length === index);
    await writeFile(join(into, `${name}-voters.csv`), `${[header, ...own].join("\n")}\n`);
  }
  return rows.map((row, index) => {
    const [nas = "", code = ""] = row.split(",");
    const electionId = DEFINITIONS[index % DEFINITIONS.length]?.electionId ?? "";
    const first = index % CANDIDATES.length;
    const ranking = [...CANDIDATES.slice(first), ...CANDIDATES.slice(0, first)];
    const choice = electionId === LAW ? (["oui", "non"][index % 2] ?? "") : (ranking[0] ?? "");
    return { name: `voter ${index}`, nas, code, electionId, choice, ranking };
  });
}

/** The request for an unsealed ballot, the only one in which choice and credentials are together. */
export function requestOf({ nas, code, electionId, choice, ranking }: Voter): Readonly<{ path: string; body: object }> {
  if (electionId === LAW) return { path: "/api/v1/vote", body: { nas, code, law_id: electionId, vote: choice } };
  const common = { nas, code, election_id: electionId, region_id: "1" };
  const body =
    electionId === RACE
      ? { ...common, candidate_id: choice, voting_method: "single_choice" }
      : { ...common, ranked_choices: ranking, voting_method: "ranked_choice" };
  return { path: "/api/v1/elections/vote", body };
}

/** The voters by hash. */
export async function hashesOf(system: System, all: readonly Voter[]): Promise<ReadonlyMap<string, Voter>> {
  const connection = connect(StackOutputs.parse(system.outputs), system.endpoints);
  const peppers = new Map(
    await Promise.all(
      DEFINITIONS.map(async ({ electionId }) => {
        const pepper = (await readPepper(connection, electionId)) ?? new Uint8Array();
        return [electionId, createSecretKey(pepper)] as const;
      }),
    ),
  );
  connection.close();
  return new Map(
    all.map((voter) => {
      const pepper = peppers.get(voter.electionId) ?? createSecretKey(Buffer.alloc(1));
      return [voterHash(pepper, [voter.nas, voter.code], voter.electionId), voter] as const;
    }),
  );
}
