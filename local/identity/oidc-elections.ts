import type { Connection } from "#admin/connection/connection.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { ISSUER_PLACEHOLDER } from "#local/identity/contract.ts";
import { withIssuers } from "#local/identity/identity.ts";
import { applyElections } from "#storage/election-register.ts";

/**
 * Elections whose voters the laptop's provider identifies. They name its origin, which differs between starts: in the assembly
 * they would make another one of each start. They are applied as by an officer instead.
 */

const WHO = "npm start";

const namesProvider = (definition: ElectionDefinition): boolean =>
  JSON.stringify(definition).includes(`"${ISSUER_PLACEHOLDER}/`);

export type Divided = Readonly<{
  /** To be deployed with the assembly. */
  deployed: readonly ElectionDefinition[];
  /** To be registered, once the provider's origin is known; with the other questions of their papers. */
  oidc: readonly ElectionDefinition[];
}>;

export function divideByIdentity(definitions: readonly ElectionDefinition[]): Divided {
  const named = definitions.filter(namesProvider);
  const papers = new Set(named.flatMap(({ paper }) => paper ?? []));
  const isOidc = (each: ElectionDefinition): boolean =>
    named.includes(each) || (each.paper !== undefined && papers.has(each.paper));
  return { deployed: definitions.filter((each) => !isOidc(each)), oidc: definitions.filter(isOidc) };
}

/** Applies them. Returns why one was refused, a sentence each. */
export async function registerOidcElections(
  connection: Connection,
  oidc: readonly ElectionDefinition[],
  origin: string,
): Promise<readonly string[]> {
  const together = Map.groupBy(withIssuers(oidc, origin), ({ paper, electionId }) => paper ?? `/${electionId}`);
  const refusals = [...together.values()].map(async (definitions) => {
    try {
      await applyElections(connection, definitions, { who: WHO });
      return [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [error.message];
    }
  });
  return (await Promise.all(refusals)).flat();
}
