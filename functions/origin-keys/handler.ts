import { randomBytes } from "node:crypto";
import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import * as z from "zod/mini";
import { type OriginKeyAttributes, OriginKeyProperties } from "#functions/origin-keys/contract.ts";
import { answerCloudFormation, type CustomResource, type Respond } from "#functions/runtime/custom-resource.ts";

/**
 * Makes the key by which the API recognizes CloudFront, one per deployment of the site.
 *
 * To CloudFormation each deployment is a new resource: it has the new key made, lets CloudFront start using it, and only then
 * has the old one deleted. In between both are valid; if the deployment fails, the new one is deleted. Either way no voter is
 * turned away.
 */

export type OriginKeysDependencies = Readonly<{
  /** The keys as they are stored, a JSON object. */
  keys: Readonly<{ read(): Promise<string>; write(json: string): Promise<void> }>;
  /** What the voting stack says: host name of the API, and the bucket of certified bundles. */
  origins(): Promise<Readonly<{ apiDomain: string; certifiedBucket: string }>>;
  respond: Respond;
}>;

const Keys = z.record(z.string(), z.string());
const KEY_BYTES = 32;
const PREFIX = "origin-key-";

export function createOriginKeysHandler({ keys, origins, respond }: OriginKeysDependencies) {
  const stored = async (): Promise<Record<string, string>> => Keys.parse(JSON.parse(await keys.read()));

  const make = async (deployment: string): Promise<CustomResource> => {
    // What may fail comes first: the key stored by a failed deployment would stay for ever.
    const known = await origins();
    const all = await stored();
    // CloudFormation may ask twice, for the same key.
    const key = all[deployment] ?? randomBytes(KEY_BYTES).toString("base64url");
    if (all[deployment] === undefined) await keys.write(JSON.stringify({ ...all, [deployment]: key }));
    const attributes: OriginKeyAttributes = { key, ...known };
    return { physicalId: `${PREFIX}${deployment}`, attributes };
  };

  const forget = async (physicalId: string): Promise<CustomResource> => {
    // A key that was never made is not in the secret.
    const { [physicalId.slice(PREFIX.length)]: given, ...others } = await stored();
    if (given !== undefined) await keys.write(JSON.stringify(others));
    return { physicalId };
  };

  return (event: CloudFormationCustomResourceEvent): Promise<void> =>
    answerCloudFormation(
      event,
      () =>
        event.RequestType === "Delete"
          ? forget(event.PhysicalResourceId)
          : make(OriginKeyProperties.parse(event.ResourceProperties).deployment),
      respond,
    );
}
