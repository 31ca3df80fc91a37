import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { ResourceNotFoundException, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { fromBase64Url } from "#core/bytes.ts";

/** Secrets by name, kept in memory for five minutes so that a vote costs no request. */
export type Secrets = Readonly<{
  /** @throws when the secret does not exist or may not be read. */
  text(name: string): Promise<string>;
  /** A secret in base64url. @throws when it is not. */
  bytes(name: string): Promise<Uint8Array>;
  /** The same, but undefined when there is no such secret. */
  bytesIfAny(name: string): Promise<Uint8Array | undefined>;
}>;

const KEPT_FOR_SECONDS = 300;

export function secretsManager(client: SecretsManagerClient): Secrets {
  const provider = new SecretsProvider({ awsSdkV3Client: client });
  const text = async (name: string): Promise<string> => {
    const value = await provider.get(name, { maxAge: KEPT_FOR_SECONDS });
    if (typeof value !== "string") throw new Error(`the secret ${name} is not text`);
    return value;
  };
  const bytes = async (name: string): Promise<Uint8Array> => {
    const read = fromBase64Url(await text(name));
    if (read === undefined) throw new Error(`the secret ${name} is not base64url`);
    return read;
  };
  return {
    text,
    bytes,
    bytesIfAny: (name) =>
      bytes(name).catch((error: unknown) => {
        if (error instanceof Error && error.cause instanceof ResourceNotFoundException) return undefined;
        throw error;
      }),
  };
}
