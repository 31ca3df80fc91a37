import { randomBytes } from "node:crypto";
import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import * as z from "zod";
import { type OriginKeyAttributes, OriginKeyProperties } from "#functions/origin-keys/contract.ts";
import { answerCloudFormation, type CustomResource, type Respond } from "#functions/runtime/custom-resource.ts";

/**
 * Makes the key by which the API knows CloudFront, one for each deployment of the site.
 *
 * A new deployment is a new resource to CloudFormation: it has the new key made, lets CloudFront take it up, and only then
 * has the old one deleted. In between both are valid, and when the deployment fails it is the new one that is deleted, so
 * that no voter is turned away either way.
 */

export type OriginKeysDependencies = Readonly<{
  /** The keys as they are stored, a JSON object. */
  keys: Readonly<{ read(): Promise<string>; write(json: string): Promise<void> }>;
  /** Host name of the API. */
  apiDomain(): Promise<string>;
  respond: Respond;
}>;

const Keys = z.record(z.string(), z.string());
const KEY_BYTES = 32;
const PREFIX = "origin-key-";

export function createOriginKeysHandler({ keys, apiDomain, respond }: OriginKeysDependencies) {
  const stored = async (): Promise<Record<string, string>> => Keys.parse(JSON.parse(await keys.read()));

  const make = async (deployment: string): Promise<CustomResource> => {
    // First what may fail: a key that was stored by a deployment that then failed would stay for ever.
    const domain = await apiDomain();
    const all = await stored();
    // CloudFormation may ask twice; the key that was given stays.
    const key = all[deployment] ?? randomBytes(KEY_BYTES).toString("base64url");
    if (all[deployment] === undefined) await keys.write(JSON.stringify({ ...all, [deployment]: key }));
    const attributes: OriginKeyAttributes = { key, apiDomain: domain };
    return { physicalId: `${PREFIX}${deployment}`, attributes };
  };

  const forget = async (physicalId: string): Promise<CustomResource> => {
    // A key that was never made has another id, or none in the secret: there is nothing to forget then.
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
