/** For SDK clients of the embedded services, which accept any credentials. */
export const REGION = "ca-central-1";
export const CREDENTIALS = { accessKeyId: "local", secretAccessKey: "local" } as const;
export const ACCOUNT_ID = "000000000000";

/**
 * Client configuration for one of the embedded services.
 * @param accessKeyId names the database where those of a DynamoDB Local are apart by access key
 */
export function clientConfig(endpoint: string, accessKeyId: string = CREDENTIALS.accessKeyId) {
  return { endpoint, region: REGION, credentials: { ...CREDENTIALS, accessKeyId } };
}
