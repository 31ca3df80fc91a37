import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { issuerFault } from "#core/voter-issuers.ts";
import { type Config, electionsFolderOf } from "#infra/config.ts";
import { readDefinitions } from "#storage/definition-file.ts";

/**
 * The definitions that a deployment of a stage applies. Throws Refusal with every fault of them, and for every identity provider that
 * the stage does not allow: `submit` would refuse the ballots of all its voters.
 */
export async function readStageDefinitions(config: Config): Promise<readonly ElectionDefinition[]> {
  const definitions = await readDefinitions(electionsFolderOf(config));
  const faults = definitions.flatMap(({ electionId, identity }) => {
    const rule = identity === undefined ? undefined : issuerFault(identity.issuer, config.voterIssuers);
    return rule === undefined ? [] : [`Election ${electionId}: identity.issuer: ${rule.en}.`];
  });
  if (faults.length === 0) return definitions;
  throw new EnglishRefusal([...faults, `The stage's parameters are in config/${config.stage}.json.`].join("\n"));
}
