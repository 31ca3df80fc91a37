import { keepBundle } from "#admin/certification/keep-bundle.ts";
import { type PublishOptions, publishElection } from "#admin/certification/publish.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import type { PublishedBundle } from "#core/published-bundle.ts";
import { Refusal } from "#core/refusal.ts";

/** Publishes the bundle in a folder. Throws Refusal where a check of it fails. */
export async function publishFolder(
  connection: Connection,
  electionId: string,
  folder: string,
  options: Omit<PublishOptions, "bundle">,
): Promise<PublishedBundle> {
  await requireElection(connection, electionId);
  const failed = (await verifyBundle(folder)).checks.filter(({ isTrue }) => isTrue === false);
  if (failed.length > 0) {
    const names = failed.map(({ name }) => name).join(", ");
    throw new Refusal(
      `${folder}: not published, since these checks fail: ${names}. See scrutin verify ${folder}.`,
      `${folder}\u00a0: rien n’est publié, car ces vérifications échouent\u00a0: ${names}. Voyez scrutin verify ${folder}.`,
    );
  }
  const bundle = await keepBundle(connection, electionId, folder, options.onProgress);
  return publishElection(connection, electionId, { ...options, bundle });
}
