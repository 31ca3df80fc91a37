import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { fromBase64Url } from "#core/bytes.ts";

/** Secrets by name, kept in memory for five minutes so that a vote costs no request. */
export type Secrets = Readonly<{
  /** @throws when the secret does not exist or may not be read. */
  text(name: string): Promise<string>;
  /** A secret in base64url. @throws when it is not. */
  bytes(name: string): Promise<Uint8Array>;
}>;

const KEPT_FOR_SECONDS = 300;

export function secretsManager(client: SecretsManagerClient): Secrets {
  const provider = new SecretsProvider({ awsSdkV3Client: client });
  const text = async (name: string): Promise<string> => {
    const value = await provider.get(name, { maxAge: KEPT_FOR_SECONDS });
    if (typeof value !== "string") throw new Error(`the secret ${name} is not text`);
    return value;
  };
  return {
    text,
    async bytes(name) {
      const bytes = fromBase64Url(await text(name));
      if (bytes === undefined) throw new Error(`the secret ${name} is not base64url`);
      return bytes;
    },
  };
}
